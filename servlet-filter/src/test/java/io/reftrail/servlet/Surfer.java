package io.reftrail.servlet;

import java.net.URI;
import java.util.List;
import java.util.function.IntSupplier;

/** A visitor with a browser: keeps cookies and follows redirects. */
final class Surfer {

    private static final int REDIRECTS = 5;

    private final CookieJar jar = new CookieJar();
    private final IntSupplier port;
    private String host = "localhost";

    Surfer(IntSupplier port) {
        this.port = port;
    }

    /** Goes to another host; all of them are the server of the test. */
    Surfer goTo(String other) {
        host = other;
        return this;
    }

    CookieJar jar() {
        return jar;
    }

    /** Loads a page, by a link or a bookmark. */
    RawResponse visit(String target) {
        return visit(target, REDIRECTS);
    }

    private RawResponse visit(String target, int redirects) {
        return follow(target, send(target, RawRequest.navigation(target)), redirects);
    }

    /** Submits a form. */
    RawResponse submit(String target, String body) {
        return follow(target, send(target, RawRequest.form(target, body)), REDIRECTS);
    }

    /** Sends a request as a script does, and follows no redirect. */
    RawResponse send(String target) {
        return send(target, RawRequest.get(target));
    }

    /** Sends a request for this target with the cookies. */
    RawResponse send(String target, RawRequest request) {
        String cookies = jar.header(host, target.replaceAll("\\?.*", ""));
        RawResponse response = (cookies.isEmpty() ? request : request.with("Cookie", cookies))
                .to(host)
                .send(port.getAsInt());
        response.cookies().forEach(line -> jar.take(host, line));
        return response;
    }

    private RawResponse follow(String target, RawResponse response, int redirects) {
        if (response.location().isEmpty() || redirects == 0) {
            return response;
        }
        URI next = URI.create("http://" + host + target).resolve(response.location());
        return visit(next.getRawPath() + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery()), redirects - 1);
    }

    /** The names of the cookies of partners' clicks, ours and the vendors'. */
    List<String> clicks() {
        return jar.names().stream().filter(name -> !name.equals("JSESSIONID")).toList();
    }
}
