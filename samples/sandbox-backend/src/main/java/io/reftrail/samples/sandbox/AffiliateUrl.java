package io.reftrail.samples.sandbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Takes a partner's code out of the landing address that a merchant reports. */
final class AffiliateUrl {

    private AffiliateUrl() {}

    /** Empty if the text is no absolute URL or has no such parameter. */
    static Optional<String> partner(@Nullable String text, String parameter) {
        try {
            URI uri = new URI(text == null ? "" : text);
            if (!uri.isAbsolute() || uri.getHost() == null) {
                return Optional.empty();
            }
            @Nullable
            String value =
                    UriComponentsBuilder.fromUri(uri).build().getQueryParams().getFirst(parameter);
            return Optional.ofNullable(value)
                    .map(raw -> UriUtils.decode(raw, "UTF-8"))
                    .filter(code -> !code.isEmpty());
        } catch (URISyntaxException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
