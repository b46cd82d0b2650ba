package io.reftrail.payments;

import io.reftrail.PaymentReason;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a webhook as Stripe, Paddle and others compute it: an HMAC-SHA256 of the time, a separator and the raw body, as
 * hex. For your own {@link PaymentProvider}, if its provider signs in this way.
 *
 * @param secrets the secrets, of which any one may have signed, so that they can be rotated
 * @param tolerance how far the signature's time may be from the current time
 */
public record WebhookSignature(List<String> secrets, Duration tolerance) {

    private static final String ALGORITHM = "HmacSHA256";

    /** The most parts that the header of a provider can have. */
    private static final int MAX_PARTS = 32;

    private static final int MAX_HEADER = 4096;

    /** Copies the secrets. */
    public WebhookSignature {
        secrets = List.copyOf(secrets);
    }

    /**
     * Verifies a signature.
     *
     * @param header the header, for example {@code t=…,v1=…}
     * @param between the characters between the header's parts
     * @param timeKey the name of the time
     * @param signatureKey the name of the signatures, of which there may be several
     * @param separator the text between the time and the body in the signed text
     * @param body the raw body
     * @param now the time that the signature's is compared with
     * @throws WebhookRefusedException if no signature is valid, or the time is too far from the current time
     */
    public void verify(
            @Nullable String header,
            String between,
            String timeKey,
            String signatureKey,
            String separator,
            byte[] body,
            Instant now) {
        String time = null;
        List<byte[]> signatures = new ArrayList<>();
        if (header != null && header.length() <= MAX_HEADER) {
            for (String part : header.split(between, MAX_PARTS)) {
                int equals = part.indexOf('=');
                String key = equals < 0 ? "" : part.substring(0, equals).strip();
                String value = part.substring(equals + 1).strip();
                if (key.equals(timeKey)) {
                    time = value;
                } else if (key.equals(signatureKey)) {
                    signatures.add(value.getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
        if (time == null || !time.matches("\\d{1,12}") || !isSigned(time + separator, body, signatures)) {
            throw new WebhookRefusedException(PaymentReason.FORGED);
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now);
        if (age.abs().compareTo(tolerance) > 0) {
            throw new WebhookRefusedException(PaymentReason.STALE);
        }
    }

    /** Compares all signatures with all secrets, in constant time for each. */
    private boolean isSigned(String prefix, byte[] body, List<byte[]> signatures) {
        boolean signed = false;
        for (String secret : secrets) {
            byte[] expected = hmac(secret, prefix, body);
            for (byte[] signature : signatures) {
                signed |= MessageDigest.isEqual(expected, signature);
            }
        }
        return signed;
    }

    private static byte[] hmac(String secret, String prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(prefix.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body)).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException | InvalidKeyException missing) {
            throw new IllegalStateException("the security providers have no usable " + ALGORITHM, missing);
        }
    }

    /** Leaves the secrets out. */
    @Override
    public String toString() {
        return "WebhookSignature[secrets=" + secrets.size() + ", tolerance=" + tolerance + "]";
    }
}
