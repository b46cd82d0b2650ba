package io.reftrail.backend.internal;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The check of the URLs of pictures, which vendors load (docs/contracts/dub.md, section 3.1; docs/contracts/refport.md,
 * section 3.1). Applications may keep a path or a whole image in the same field.
 */
public final class PictureAddress {

    /** The longest URL. No vendor documents a limit; browsers and proxies accept this length everywhere. */
    static final int MAX_LENGTH = 2000;

    private PictureAddress() {}

    /** Returns the URL if it is an absolute http or https URL without credentials, or {@code null}. */
    public static @Nullable String valid(@Nullable String address) {
        if (address == null || address.length() > MAX_LENGTH) {
            return null;
        }
        try {
            URI uri = new URI(address);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getRawUserInfo() == null ? address : null;
        } catch (URISyntaxException notAUri) {
            return null;
        }
    }
}
