package io.reftrail.capture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The cookie of a browser in which partners of the application were signed in. It holds keyed hashes of the ids of the last
 * {@value #PARTNERS} partners. It is not signed: without the key of the hashes, a visitor can only remove it. Thread-safe.
 */
public final class PartnerCookie {

    /** The name of the cookie. */
    public static final String NAME = "_reftrail-partner";

    /** How long a browser is remembered after a partner's last sign-in. */
    static final Duration LIFETIME = Duration.ofDays(90);

    private static final int PARTNERS = 4;

    private static final int LONGEST = 200;

    private final AttributionCookies cookies;
    private final UnaryOperator<String> hash;

    /**
     * Creates an instance.
     *
     * @param cookies the attributes of the cookie
     * @param hash returns a keyed hash as hexadecimal digits, the same in all processes
     */
    public PartnerCookie(AttributionCookies cookies, UnaryOperator<String> hash) {
        this.cookies = cookies;
        this.hash = hash;
    }

    /** Returns whether the partner with this id of a customer was signed in with the browser. */
    public boolean contains(String customerId, CookieExchange exchange) {
        List<String> hashes = hashes(exchange);
        return !hashes.isEmpty() && hashes.contains(hash.apply(customerId));
    }

    /** Remembers that the partner with this id of a customer is signed in with the browser. */
    public void add(String customerId, CookieExchange exchange) {
        String added = hash.apply(customerId);
        List<String> hashes = new ArrayList<>(List.of(added));
        hashes(exchange).stream().filter(known -> !known.equals(added)).forEach(hashes::add);
        String value = String.join(".", hashes.subList(0, Math.min(PARTNERS, hashes.size())));
        cookies.writeCookie(NAME, value, LIFETIME, true, exchange);
    }

    private static List<String> hashes(CookieExchange exchange) {
        return CookieHeader.values(exchange.cookieHeaders(), NAME).stream()
                .filter(value -> value.length() <= LONGEST && value.matches("[0-9a-f.]+"))
                .findFirst()
                .map(value -> List.of(value.split("\\.", -1)))
                .orElse(List.of());
    }
}
