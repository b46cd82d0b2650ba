package io.reftrail.testing;

import io.reftrail.capture.CookieExchange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One exchange with a browser: the cookies it sent, and the {@code Set-Cookie} lines it was given. */
public final class RecordingExchange implements CookieExchange {

    private final List<String> cookieHeaders;
    private final boolean secure;
    private final List<String> setCookies = new CopyOnWriteArrayList<>();
    private final Set<String> reported = new HashSet<>();
    private final Map<String, String> form = new HashMap<>();

    private RecordingExchange(List<String> cookieHeaders, boolean secure) {
        this.cookieHeaders = List.copyOf(cookieHeaders);
        this.secure = secure;
    }

    /** An encrypted request with these {@code Cookie} header lines. */
    public static RecordingExchange with(String... cookieHeaders) {
        return new RecordingExchange(List.of(cookieHeaders), true);
    }

    /** A request in the clear with these {@code Cookie} header lines. */
    public static RecordingExchange insecure(String... cookieHeaders) {
        return new RecordingExchange(List.of(cookieHeaders), false);
    }

    /** This request, which posts a form with this field to {@code shop.example}. */
    public RecordingExchange posting(String field, String value) {
        form.put(field, value);
        return this;
    }

    /** The next request of a browser that took the cookies it was given. */
    public RecordingExchange next() {
        Map<String, String> jar = new LinkedHashMap<>();
        for (String header : cookieHeaders) {
            for (String pair : header.split("; ", -1)) {
                jar.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        for (String line : setCookies) {
            String pair = line.substring(0, line.indexOf(';'));
            String name = pair.substring(0, pair.indexOf('='));
            if (line.contains("; Max-Age=0;")) {
                jar.remove(name);
            } else {
                jar.put(name, pair.substring(pair.indexOf('=') + 1));
            }
        }
        List<String> pairs = jar.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .toList();
        return new RecordingExchange(pairs.isEmpty() ? List.of() : List.of(String.join("; ", pairs)), secure);
    }

    /** What the browser was told to keep and to drop, in order. */
    public List<String> setCookies() {
        return List.copyOf(setCookies);
    }

    @Override
    public List<String> cookieHeaders() {
        return cookieHeaders;
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public void addSetCookie(String setCookie) {
        setCookies.add(setCookie);
    }

    @Override
    public @Nullable String parameter(String name) {
        return form.get(name);
    }

    @Override
    public @Nullable String host() {
        return form.isEmpty() ? null : "shop.example";
    }

    @Override
    public boolean isReported(String backend) {
        return reported.contains(backend);
    }

    @Override
    public void markReported(String backend) {
        reported.add(backend);
    }
}
