package io.reftrail.capture;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An exchange for frameworks that have neither servlets nor an exchange of their own: it is given the cookies of a request,
 * and collects the {@code Set-Cookie} lines that belong into the response. One request's; thread-safe.
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
    private final List<String> setCookies = new CopyOnWriteArrayList<>();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    private HeaderExchange(List<String> cookieHeaders, boolean secure, Visitor visitor) {
        this.cookieHeaders = List.copyOf(cookieHeaders);
        this.secure = secure;
        this.visitor = visitor;
    }

    /**
     * Returns the exchange of a request with these values of its {@code Cookie} header: the best choice where a framework has
     * them, because what a cookie parser drops or decodes is lost.
     *
     * @param cookieHeaders one for each line, as they came; empty if there is none
     * @param secure whether the visitor's connection is encrypted, as it is before a proxy that ends TLS
     */
    public static HeaderExchange of(List<String> cookieHeaders, boolean secure) {
        return new HeaderExchange(cookieHeaders, secure, Visitor.UNKNOWN);
    }

    /** As {@link #of(List, boolean)} for the one line that browsers send, {@code null} if there is none. */
    public static HeaderExchange of(@Nullable String cookieHeader, boolean secure) {
        return of(cookieHeader == null ? List.of() : List.of(cookieHeader), secure);
    }

    /**
     * As {@link #of(List, boolean)} for frameworks that give cookies by their names alone. Values should be as they came, not
     * decoded; what could not have come in a {@code Cookie} header is left out.
     */
    public static HeaderExchange of(Map<String, String> cookies, boolean secure) {
        List<String> pairs = cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .filter(HeaderExchange::isOnePair)
                .toList();
        return of(pairs.isEmpty() ? List.of() : List.of(String.join("; ", pairs)), secure);
    }

    /** A semicolon would begin another cookie. */
    private static boolean isOnePair(String pair) {
        return pair.chars().noneMatch(c -> c == ';' || Character.isISOControl(c));
    }

    /** Returns an exchange with the same request, made by this visitor, which is reported with clicks; leads need none. */
    public HeaderExchange by(Visitor visitor) {
        return new HeaderExchange(cookieHeaders, secure, visitor);
    }

    /**
     * The values of the {@code Set-Cookie} lines that the response needs, so far. To be asked for when the response is
     * written, after the commit of a transaction that a lead was reported in. Where there are any, the response has to say
     * {@code Cache-Control: no-store} too, so that nobody else is given these cookies.
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
    public boolean isReported(String backend) {
        return reported.contains(backend);
    }

    @Override
    public void markReported(String backend) {
        reported.add(backend);
    }
}
