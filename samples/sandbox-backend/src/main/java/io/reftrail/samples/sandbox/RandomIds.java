package io.reftrail.samples.sandbox;

import java.security.SecureRandom;
import org.springframework.stereotype.Component;

/** Ids of letters and digits, which need no encoding in a URL, a cookie or JSON. */
@Component
final class RandomIds {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final SecureRandom random = new SecureRandom();

    String next(int length) {
        StringBuilder id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    /** A number for ids that have digits only. */
    int number() {
        return random.nextInt(1_000_000_000);
    }
}
