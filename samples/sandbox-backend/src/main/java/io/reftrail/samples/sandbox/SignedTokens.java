package io.reftrail.samples.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Click tokens that nobody else can make: {@code aff_}, a random id, a dot and the HMAC-SHA256 of what stands before it,
 * 70 characters that need no encoding in a URL or a cookie.
 *
 * <p>docs/contracts/introw.md section 2 documents no more than "opaque and signed, at most 256 characters, the example begins
 * with {@code aff_}"; the rest is ours.
 */
final class SignedTokens {

    private static final String PREFIX = "aff_";

    private final RandomIds ids;
    private final SecretKeySpec key;

    SignedTokens(RandomIds ids, String secret) {
        this.ids = ids;
        this.key = new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256");
    }

    String mint() {
        String payload = PREFIX + ids.next(22);
        return payload + '.' + signature(payload);
    }

    boolean genuine(String token) {
        int dot = token.lastIndexOf('.');
        if (dot < 0 || !token.startsWith(PREFIX)) {
            return false;
        }
        byte[] expected = signature(token.substring(0, dot)).getBytes(UTF_8);
        return MessageDigest.isEqual(expected, token.substring(dot + 1).getBytes(UTF_8));
    }

    private String signature(String payload) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(payload.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has HMAC-SHA256", impossible);
        }
    }
}
