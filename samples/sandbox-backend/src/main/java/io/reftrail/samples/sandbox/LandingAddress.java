package io.reftrail.samples.sandbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The address on the merchant's site to which a partner link leads. A deep link is a path with an optional query, and
 * whatever is written there, the address stays on the merchant's origin.
 */
record LandingAddress(URI uri) {

    /** The merchant's own address, or a deep link into it; empty if the deep link would leave the merchant. */
    static Optional<LandingAddress> on(URI merchant, @Nullable String deepLink) {
        if (deepLink == null) {
            return Optional.of(new LandingAddress(merchant));
        }
        try {
            URI target = merchant.resolve(new URI(deepLink));
            boolean stays = deepLink.startsWith("/")
                    && Objects.equals(target.getScheme(), merchant.getScheme())
                    && Objects.equals(target.getRawAuthority(), merchant.getRawAuthority());
            return stays ? Optional.of(new LandingAddress(target)) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    /** This address with {@code parameter=value} at the end of its query; what stands there already stays as it is. */
    String with(String parameter, String value) {
        String pair = parameter + '=' + value;
        String query = uri.getRawQuery() == null ? pair : uri.getRawQuery() + '&' + pair;
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String fragment = uri.getRawFragment() == null ? "" : '#' + uri.getRawFragment();
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + '?' + query + fragment)
                .toASCIIString();
    }
}
