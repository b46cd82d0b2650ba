package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.iabtcf.decoder.TCString;
import com.iabtcf.encoder.TCStringEncoder;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.servlet.ConsentPolicy.Consent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Purposes in TC strings, as the IAB's own code writes and reads them. */
class TcfPurposesTests {

    /** The example of the specification; it stands for consent to the purposes 1, 2 and 3. */
    private static final String SPECIFICATION =
            "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA.IFoEUQQgAIQwgIwQABAEAAAAOIAACAIAAAAQAIAgEAACEAAAAAgAQBAAAAAAAGBAAgAAAAAAAFAAECAAAgAAQARAEQAAAAAJAAIAAgAAAYQEAAAQmAgBC3ZAYzUw";

    private static final Instant CREATED = Instant.parse("2026-11-21T00:00:00Z");

    static final Set<Integer> LONGEST_LIST =
            Set.copyOf(IntStream.rangeClosed(1, 24).boxed().toList());

    private static TCStringEncoder.Builder string() {
        return TCStringEncoder.newBuilder()
                .version(2)
                .created(CREATED)
                .lastUpdated(CREATED)
                .cmpId(31)
                .cmpVersion(640)
                .consentScreen(1)
                .consentLanguage("EN")
                .vendorListVersion(126)
                .tcfPolicyVersion(4)
                .isServiceSpecific(true)
                .publisherCC("DE");
    }

    private static Consent decide(Set<Integer> purposes, String string) {
        return ConsentPolicy.tcf("euconsent-v2", purposes)
                .decide(CookieConsentTests.request("a=b; euconsent-v2=" + string));
    }

    @Test
    void findsThePurposesOfTheSpecificationsExample() {
        Set<Integer> consented =
                TCString.decode(SPECIFICATION).getPurposesConsent().toSet();

        assertThat(consented).isNotEmpty();
        assertThat(decide(consented, SPECIFICATION)).isEqualTo(Consent.GRANTED);
        for (int purpose = 1; purpose <= 24; purpose++) {
            assertThat(decide(Set.of(purpose), SPECIFICATION))
                    .isEqualTo(consented.contains(purpose) ? Consent.GRANTED : Consent.REFUSED);
        }
    }

    static Stream<Integer> seeds() {
        return IntStream.range(0, 200).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithTheReferenceOnStringsOfAllKinds(int seed) {
        Random random = new Random(seed);
        TCStringEncoder.Builder builder = string().created(CREATED.minus(random.nextInt(4_000), ChronoUnit.DAYS))
                .cmpId(random.nextInt(4_096))
                .purposeOneTreatment(random.nextBoolean())
                .isServiceSpecific(random.nextBoolean());
        for (int purpose = 1; purpose <= 24; purpose++) {
            if (random.nextBoolean()) {
                builder.addPurposesConsent(purpose);
            }
            if (random.nextBoolean()) {
                builder.addPurposesLITransparency(purpose);
            }
        }
        for (int vendor = 0; vendor < random.nextInt(40); vendor++) {
            builder.addVendorConsent(1 + random.nextInt(1_200));
        }
        Set<Integer> needed = new HashSet<>();
        for (int purpose = 0; purpose <= random.nextInt(3); purpose++) {
            needed.add(1 + random.nextInt(24));
        }
        String string = builder.encode();

        boolean all = TCString.decode(string).getPurposesConsent().toSet().containsAll(needed);
        assertThat(decide(needed, string)).isEqualTo(all ? Consent.GRANTED : Consent.REFUSED);
    }

    @Test
    void takesLegitimateInterestForNoConsent() {
        assertThat(decide(Set.of(1), string().addPurposesLITransparency(1).encode()))
                .isEqualTo(Consent.REFUSED);
    }

    @Test
    void looksAtNoOtherSegment() {
        String string = string().addPubPurposesConsent(1).encode();

        assertThat(string).contains(".");
        assertThat(decide(Set.of(1), string)).isEqualTo(Consent.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "CPXxRfAPXxRfAAfKABENB",
                "BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA",
                "DOvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA",
                "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCK=AA",
                "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCK+AA",
                "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCK%41",
                ".COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA",
                "....................................................",
                "1~COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA",
                "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
            })
    void leavesOpenWhatIsNoStringOfVersionTwo(String string) {
        assertThat(decide(Set.of(1), string)).isEqualTo(Consent.PENDING);
    }

    /** Whatever a stranger writes into the cookie: an answer, and no exception. */
    @ParameterizedTest
    @MethodSource("seeds")
    void hasAnAnswerToAnything(int seed) {
        Random random = new Random(seed);
        StringBuilder string = new StringBuilder(SPECIFICATION);
        for (int change = 0; change <= random.nextInt(20); change++) {
            string.setCharAt(random.nextInt(string.length()), (char) (0x21 + random.nextInt(0xdf)));
        }
        string.setLength(random.nextInt(string.length()));

        assertThat(decide(Set.of(1, 24), string.toString())).isNotNull();
    }

    @Test
    void isPendingWithoutACookie() {
        assertThat(ConsentPolicy.tcf("euconsent-v2", Set.of(1)).decide(CookieConsentTests.request()))
                .isEqualTo(Consent.PENDING);
    }

    static final Set<Set<Integer>> NO_PURPOSES = Set.of(Set.of(), Set.of(0), Set.of(25), Set.of(1, -1));

    @ParameterizedTest
    @FieldSource("NO_PURPOSES")
    void refusesPurposesThatNoStringHas(Set<Integer> purposes) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> ConsentPolicy.tcf("euconsent-v2", purposes));
        assertThat(ConsentPolicy.tcf("euconsent-v2", LONGEST_LIST)).isNotNull();
    }
}
