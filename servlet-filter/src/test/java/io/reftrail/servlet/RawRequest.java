package io.reftrail.servlet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An HTTP request that goes over the wire as it is written here, whatever bytes its target has. */
final class RawRequest {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final String method;
    private final String target;
    private final List<String> headers = new ArrayList<>();
    private byte[] body = new byte[0];
    private String host = "localhost";

    private RawRequest(String method, String target) {
        this.method = method;
        this.target = target;
    }

    static RawRequest of(String method, String target) {
        return new RawRequest(method, target);
    }

    /** Any GET: no header tells that a page is loaded. */
    static RawRequest get(String target) {
        return of("GET", target);
    }

    /** A GET as a browser sends it when a visitor follows a link. */
    static RawRequest navigation(String target) {
        return get(target).with("Sec-Fetch-Mode", "navigate").with("Accept", "text/html,*/*;q=0.8");
    }

    static RawRequest form(String target, String body) {
        return of("POST", target).body("application/x-www-form-urlencoded", body.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Names the host that the request is for; it goes to the loopback address all the same. */
    RawRequest to(String name) {
        host = name;
        return this;
    }

    RawRequest with(String header, String value) {
        headers.add(header + ": " + value);
        return this;
    }

    RawRequest body(String type, byte[] content) {
        this.body = content.clone();
        return with("Content-Type", type).with("Content-Length", String.valueOf(content.length));
    }

    RawResponse send(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(bytes(port));
            socket.getOutputStream().flush();
            return RawResponse.parse(socket.getInputStream().readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private byte[] bytes(int port) {
        List<String> lines = new ArrayList<>();
        lines.add(method + " " + target + " HTTP/1.1");
        lines.add("Host: " + host + ":" + port);
        lines.add("Connection: close");
        lines.addAll(headers);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
