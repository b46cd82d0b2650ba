package io.reftrail.capture;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hashes that say in a {@link Companion} which click id it was kept beside. */
final class ClickBinding {

    private static final HexFormat HEX = HexFormat.of();

    /** 128 bits, so that nobody finds a second click id of the same hash. */
    private static final int STRONG_BYTES = 16;

    static final int STRONG_LENGTH = 2 * STRONG_BYTES;

    private ClickBinding() {}

    /** Tells an accident from a click of ours; anybody can find another click id of the same hash. */
    static String plain(String clickId) {
        return Integer.toHexString(clickId.hashCode());
    }

    /** For companions that are signed: what the signature covers stands for the click id. */
    static String strong(String clickId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(clickId.getBytes(StandardCharsets.UTF_8));
            return HEX.formatHex(hash, 0, STRONG_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    static boolean isStrong(String binding) {
        return binding.length() == STRONG_LENGTH;
    }
}
