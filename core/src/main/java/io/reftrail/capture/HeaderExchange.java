package io.reftrail.capture;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An exchange for frameworks without servlets. You create it from the cookies of one request and copy the collected
 * {@code Set-Cookie} lines to the response. Thread-safe.
 *
 * <pre>{@code
 * HeaderExchange exchange = HeaderExchange.of(request.headers("Cookie"), request.isSecure());
 * reftrail.lead(exchange, Customer.of(account.id()).withEmail(account.email()));
 * exchange.setCookies().forEach(line -> response.addHeader("Set-Cookie", line));
 * }</pre>
 */
public final class HeaderExchange implements CookieExchange {

    private final List<String> cookieHeaders;
    private final boolean secure;
    private final Visitor visitor;
    private final @Nullable String host;
    private final List<String> setCookies = new CopyOnWriteArrayList<>();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    private HeaderExchange(List<String> cookieHeaders, boolean secure, Visitor visitor, @Nullable String host) {
        this.cookieHeaders = List.copyOf(cookieHeaders);
        this.secure = secure;
        this.visitor = visitor;
        this.host = host;
    }

    /**
     * Creates an exchange from the raw {@code Cookie} header. Prefer this method, because cookie parsers drop or decode some values.
     *
     * @param cookieHeaders the values of the header lines, unchanged; empty if there is none
     * @param secure whether the visitor's connection is encrypted, also if a proxy ends TLS
     */
    public static HeaderExchange of(List<String> cookieHeaders, boolean secure) {
        return new HeaderExchange(cookieHeaders, secure, Visitor.UNKNOWN, null);
    }

    /** Creates an exchange from the single {@code Cookie} header line that browsers send, or {@code null} without one. */
    public static HeaderExchange of(@Nullable String cookieHeader, boolean secure) {
        return of(cookieHeader == null ? List.of() : List.of(cookieHeader), secure);
    }

    /**
     * Creates an exchange from parsed cookies. Values should be undecoded; values that cannot stand in a {@code Cookie} header are
     * left out.
     */
    public static HeaderExchange of(Map<String, String> cookies, boolean secure) {
        List<String> pairs = cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .filter(HeaderExchange::isOnePair)
                .toList();
        return of(pairs.isEmpty() ? List.of() : List.of(String.join("; ", pairs)), secure);
    }

    private static boolean isOnePair(String pair) {
        return pair.chars().noneMatch(c -> c == ';' || Character.isISOControl(c));
    }

    /** Returns an exchange with the same cookies and this visitor. Only clicks are reported with a visitor; leads need none. */
    public HeaderExchange by(Visitor visitor) {
        return new HeaderExchange(cookieHeaders, secure, visitor, host);
    }

    /** Returns an exchange with the same cookies on this host, as the browser names it, without a port. */
    public HeaderExchange on(String host) {
        return new HeaderExchange(cookieHeaders, secure, visitor, host);
    }

    /**
     * Returns the values of the {@code Set-Cookie} lines collected so far. Call it when you write the response, after the commit of
     * the transaction in which a lead was reported. If the list is not empty, also set {@code Cache-Control: no-store}, so that no
     * shared cache sends the cookies to other visitors.
     */
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
    public Visitor visitor() {
        return visitor;
    }

    @Override
    public @Nullable String host() {
        return host;
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
