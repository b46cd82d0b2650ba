package io.reftrail.servlet;

import io.reftrail.model.InvalidSettingException;
import io.reftrail.servlet.ConsentPolicy.Consent;
import java.util.Base64;
import java.util.Set;
import java.util.function.Function;

/**
 * The purposes of a TC string. They are at fixed places of the core segment, which is the first one, so this class reads one field
 * without decoding the rest ("Transparency and Consent String with Global Vendor &amp; CMP List Formats", version 2, "The Core
 * String").
 */
record TcfPurposes(Set<Integer> purposes) implements Function<String, Consent> {

    private static final int LAST_PURPOSE = 24;

    /** The offset of {@code PurposesConsent} in bits, after twelve fields of fixed length. */
    private static final int PURPOSES_CONSENT = 152;

    /** The fields of fixed length, two empty sections of vendors and no restriction: 259 bits, 6 in each character. */
    private static final int SHORTEST_CORE = 44;

    /** The number of characters that contain {@code PurposesConsent}, in whole bytes. */
    private static final int READ = 32;

    /** @throws InvalidSettingException if there is no purpose, or one is not between 1 and 24 */
    TcfPurposes {
        purposes = Set.copyOf(purposes);
        if (purposes.isEmpty() || purposes.stream().anyMatch(purpose -> purpose < 1 || purpose > LAST_PURPOSE)) {
            throw new InvalidSettingException(
                    "consent.tcf-purposes",
                    purposes + " are not purposes of a TC string",
                    "Write {prefix}consent.tcf-purposes=1 or more numbers from 1 to 24, separated by commas.");
        }
    }

    @Override
    public Consent apply(String value) {
        int end = value.indexOf('.');
        String core = end < 0 ? value : value.substring(0, end);
        if (core.length() < SHORTEST_CORE
                || !value.chars().allMatch(TcfPurposes::mayStandInIt)
                || core.charAt(0) != 'C') {
            return Consent.PENDING;
        }
        byte[] bytes = Base64.getUrlDecoder().decode(core.substring(0, READ));
        boolean all = purposes.stream().allMatch(purpose -> isSet(bytes, PURPOSES_CONSENT + purpose - 1));
        return all ? Consent.GRANTED : Consent.REFUSED;
    }

    /** Returns whether the character belongs to the web-safe alphabet (RFC 4648, section 5) or separates segments. */
    private static boolean mayStandInIt(int character) {
        return (character >= 'A' && character <= 'Z')
                || (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '_'
                || character == '.';
    }

    private static boolean isSet(byte[] bytes, int bit) {
        return (bytes[bit / 8] >> (7 - bit % 8) & 1) == 1;
    }
}
