package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.reftrail.capture.CookieSettings.SameSite;
import io.reftrail.capture.CookieSettings.Secure;
import io.reftrail.model.InvalidSettingException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that can be guessed are refused, keys are never shown, and signatures are compared in constant time. */
class CookieSigningTests {

    private static final String KEY = "0123456789-abcdefghijklmnopqrstuvwxyz";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cret",
                "0123456789-abcdefghijklmnopqrst",
                "s3crets3crets3crets3crets3crets3cret",
                "0123456789 abcdefghijklmnopqrstuvwxyz",
                "0123456789-abcdefghijklmnopqrstuvwxy\u00e9",
                "${REFTRAIL_COOKIE_KEY_0123456789-abcdefgh}"
            })
    void aKeyThatCanBeGuessedIsRefusedAndNotShown(String weak) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> CookieSigning.of(List.of(KEY, weak)))
                .satisfies(refusal -> assertThat(refusal.setting()).isEqualTo("cookie.signing-keys"))
                .withMessageContaining("key number 2")
                .withMessageContaining("openssl rand -base64 32")
                .withMessageNotContaining(weak);
    }

    @Test
    void keysAreNotShown() {
        CookieSigning signing = CookieSigning.of(List.of(KEY));

        assertThat(List.of(signing.toString(), new CookieSigning.Key(1, KEY).toString()))
                .allSatisfy(text -> assertThat(text).doesNotContain(KEY));
    }

    @Test
    void emptyKeysAreNone() {
        assertThat(CookieSigning.of(List.of("", " "))).isSameAs(CookieSigning.NONE);
        assertThat(CookieSigning.of(List.of(KEY, "")).isOn()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "true,  ,                     false, cookie.accept-script-cookies",
        "false, 2026-12-01T00:00:00Z, false, cookie.accept-unsigned-until",
        "false, ,                     true,  cookie.host-prefix"
    })
    void whatSaysHowSignedCookiesAreTreatedNeedsAKey(
            boolean scripts, @Nullable Instant until, boolean prefix, String setting) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> CookieSigning.of(List.of(), scripts, until, prefix))
                .withMessageStartingWith(setting + ": ");
    }

    @ParameterizedTest
    @CsvSource({"/shop, , ALWAYS", "/, example.com, ALWAYS", "/, , AUTO", "/, , NEVER"})
    void aHostPrefixThatBrowsersWouldRefuseStopsTheStart(String path, @Nullable String domain, Secure secure) {
        CookieSettings cookies = new CookieSettings(path, domain, SameSite.LAX, secure);
        CookieSigning signing = CookieSigning.of(List.of(KEY), false, null, true);

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> signing.requireFit(cookies))
                .withMessageStartingWith("cookie.host-prefix: ");
    }

    @Test
    void aHostPrefixThatBrowsersTakeIsFine() {
        CookieSigning.of(List.of(KEY), false, null, true)
                .requireFit(new CookieSettings("/", null, SameSite.LAX, Secure.ALWAYS));
    }

    @Test
    void eachBitOfASignatureCounts() {
        CookieSigning signing = CookieSigning.of(List.of(KEY));
        byte[] signature = signing.sign("text");
        List<byte[]> wrong = new ArrayList<>();
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            byte[] flipped = signature.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            wrong.add(flipped);
        }

        assertThat(signing.hasSigned("text", signature)).isTrue();
        assertThat(signing.hasSigned("text", Arrays.copyOf(signature, 8))).isFalse();
        assertThat(wrong).noneMatch(other -> signing.hasSigned("text", other));
    }

    /** How long a comparison takes cannot be tested without flaking; what compares can. */
    @Test
    void signaturesAreComparedInConstantTime() {
        var calls = new ClassFileImporter()
                .importClasses(CookieSigning.class)
                .get(CookieSigning.class)
                .getMethod("hasSigned", String.class, byte[].class)
                .getMethodCallsFromSelf();

        assertThat(calls)
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(MessageDigest.class)
                        && call.getTarget().getName().equals("isEqual"))
                .noneMatch(call -> call.getTarget().getName().equals("equals"))
                .noneMatch(call -> call.getTargetOwner().isEquivalentTo(Arrays.class));
    }
}
