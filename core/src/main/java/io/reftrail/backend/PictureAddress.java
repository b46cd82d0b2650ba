package io.reftrail.backend;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a vendor can load a picture (docs/contracts/dub.md, section 3.1, "URL; copied to Dub storage"; docs/contracts/refport.md,
 * section 3.1, "avatar image address"). Applications keep paths of their own and whole images in the same place.
 */
final class PictureAddress {

    /** No vendor documents a limit; this is what browsers and proxies take everywhere. */
    static final int MAX_LENGTH = 2000;

    private PictureAddress() {}

    /** Returns the address if it is an absolute one of the web and holds no password, or {@code null}. */
    static @Nullable String valid(@Nullable String address) {
        if (address == null || address.length() > MAX_LENGTH) {
            return null;
        }
        try {
            URI uri = new URI(address);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getRawUserInfo() == null ? address : null;
        } catch (URISyntaxException noAddress) {
            return null;
        }
    }
}
