package io.reftrail.capture;

import io.reftrail.journey.Touch.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;
import org.jspecify.annotations.Nullable;

/**
 * The reader of {@code Referer} headers (RFC 9110, section 10.1.3): the host, and its kind of place according to
 * {@code referrers.tsv}. The header is another site's text and may be anything. Immutable.
 */
final class Referrers {

    private static final String LIST = "referrers.tsv";

    /** The longest name in the domain name system (RFC 1035, section 2.3.4). */
    private static final int LONGEST_HOST = 253;

    private static final Pattern HOST = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

    private static final Pattern WEB = Pattern.compile("(?i)(https?|android-app)://.*", Pattern.DOTALL);

    private final Map<String, Place> returns = new HashMap<>();

    /**
     * A place that visitors come from.
     *
     * @param origin its class, or {@code null} for pages of payment and sign-in, from which visitors come back
     * @param name its name
     * @param hasSubdomains whether its subdomains are the same place
     */
    record Place(@Nullable Origin origin, String name, boolean hasSubdomains) {}

    /** @param returns further hosts, with their subdomains, from which visitors come back */
    Referrers(Set<String> returns) {
        returns.forEach(host -> this.returns.put(host, new Place(null, host, true)));
    }

    /** Returns the host of a referrer in lower case, or {@code null} if it is not an address of the web or of an Android app. */
    static @Nullable String host(String referrer) {
        if (!WEB.matcher(referrer).matches()) {
            return null;
        }
        int start = referrer.indexOf("://") + 3;
        int end = start;
        while (end < referrer.length() && "/?#\\".indexOf(referrer.charAt(end)) < 0) {
            end++;
        }
        String authority = referrer.substring(start, end);
        String host = authority
                .substring(authority.lastIndexOf('@') + 1)
                .replaceFirst(":\\d*$", "")
                .toLowerCase(Locale.ROOT)
                .replaceFirst("\\.$", "");
        return host.length() <= LONGEST_HOST && HOST.matcher(host).matches() ? host : null;
    }

    /** Returns whether a referrer is on a host, whatever the scheme and the port. Allocates nothing. */
    static boolean isOn(String referrer, String host) {
        int start = referrer.indexOf("://") + 3;
        int end = start + host.length();
        return start >= 3
                && referrer.regionMatches(true, start, host, 0, host.length())
                && (end == referrer.length() || "/:?#".indexOf(referrer.charAt(end)) >= 0);
    }

    /** Returns whether two hosts belong to one site: the same host, or subdomains of one registrable domain. */
    boolean isSameSite(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        String root = Lists.SUFFIXES.getDomainRoot(one);
        return root != null && root.equals(Lists.SUFFIXES.getDomainRoot(other));
    }

    /** Returns the place of a host; a site with the name of the host if the list does not have it. */
    Place place(String host) {
        String plain = host.startsWith("www.") ? host.substring(4) : host;
        Place place = listed(plain);
        String root = place == null ? Lists.SUFFIXES.getDomainRoot(plain) : null;
        if (root != null && root.indexOf('.') > 0) {
            String labels = plain.substring(0, plain.length() - root.length() + root.indexOf('.'));
            place = listed(labels + ".*");
        }
        for (int dot = plain.indexOf('.'); place == null && dot > 0; dot = plain.indexOf('.', dot + 1)) {
            Place parent = listed(plain.substring(dot + 1));
            place = parent != null && parent.hasSubdomains() ? parent : null;
        }
        return place == null ? new Place(Origin.SITE, plain, false) : place;
    }

    private @Nullable Place listed(String host) {
        Place own = returns.get(host);
        return own == null ? Lists.PLACES.get(host) : own;
    }

    /**
     * The lists of places and of public suffixes, which are read with the first referrer, so that the start does not wait for
     * them.
     */
    private static final class Lists {

        private static final Map<String, Place> PLACES = places();
        private static final PublicSuffixMatcher SUFFIXES = PublicSuffixMatcherLoader.getDefault();

        private static Map<String, Place> places() {
            Map<String, Place> places = new HashMap<>();
            try (InputStream list = Referrers.class.getResourceAsStream(LIST)) {
                if (list == null) {
                    throw new IllegalStateException("there is no " + LIST);
                }
                new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> read(line, places));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return places;
        }

        private static void read(String line, Map<String, Place> places) {
            if (line.startsWith("#")) {
                return;
            }
            String[] fields = line.split("\t", -1);
            Origin origin = fields[0].equals("payment") || fields[0].equals("identity") ? null : Origin.of(fields[0]);
            for (String host : fields[2].split(" ", -1)) {
                boolean anySubdomain = host.startsWith("*.");
                places.merge(
                        anySubdomain ? host.substring(2) : host,
                        new Place(origin, fields[1], anySubdomain || origin != Origin.SEARCH),
                        (first, next) -> new Place(
                                first.origin(),
                                first.name(),
                                first.hasSubdomains()
                                        || (anySubdomain && first.name().equals(next.name()))));
            }
        }
    }
}
