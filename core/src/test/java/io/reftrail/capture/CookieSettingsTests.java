package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.capture.CookieSettings.SameSite;
import io.reftrail.capture.CookieSettings.Secure;
import io.reftrail.model.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieSettingsTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "shop", "/a;b", "/a b", "/a\r\nSet-Cookie:x", "/\u00e9"})
    void refusesAPathThatCannotStandInACookie(String path) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new CookieSettings(path, null, SameSite.LAX, Secure.AUTO))
                .satisfies(invalid -> {
                    assertThat(invalid.setting()).isEqualTo("cookie.path");
                    assertThat(invalid.action("")).startsWith("Write a path that begins with a slash");
                    assertThat(invalid)
                            .hasMessageContaining(invalid.setting())
                            .hasMessageContaining(invalid.action(""));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "com",
                "localhost",
                "https://example.com",
                "example.com:8080",
                "example.com/",
                "exa mple.com",
                "example..com",
                "-example.com",
                "example-.com",
                "..example.com",
                "example.com.",
                "ex;ample.com",
                "*.example.com",
                "b\u00fccher.example",
                "[::1]"
            })
    void refusesADomainThatBrowsersRefuse(String domain) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new CookieSettings("/", domain, SameSite.LAX, Secure.AUTO))
                .satisfies(invalid -> {
                    assertThat(invalid.setting()).isEqualTo("cookie.domain");
                    assertThat(invalid.action("")).contains("'example.com'", "leave it out");
                });
    }

    /** Of ICANN's section of the Public Suffix List, of its private one, with a wildcard, and in punycode. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "co.uk",
                ".co.uk",
                "CO.UK",
                "github.io",
                "herokuapp.com",
                "s3.amazonaws.com",
                "anything.ck",
                "xn--55qx5d.cn"
            })
    void refusesAPublicSuffix(String domain) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new CookieSettings("/", domain, SameSite.LAX, Secure.AUTO))
                .satisfies(invalid -> assertThat(invalid.problem()).contains("is a public suffix"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.7", "1.1"})
    void refusesAnAddress(String domain) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new CookieSettings("/", domain, SameSite.LAX, Secure.AUTO))
                .satisfies(invalid -> assertThat(invalid.problem()).contains("is an IP address"));
    }

    /** Registered below a public suffix, an exception to a wildcard, and private top-level domains, which no list knows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "example.co.uk",
                "shop.example.co.uk",
                "kim.github.io",
                "www.ck",
                "xn--bcher-kva.example",
                "shop.internal",
                "shop.test"
            })
    void takesADomainThatIsTheSitesOwn(String domain) {
        assertThat(new CookieSettings("/", domain, SameSite.LAX, Secure.AUTO).domain())
                .isEqualTo(domain);
    }

    @ParameterizedTest
    @EnumSource(value = Secure.class, names = "ALWAYS", mode = EnumSource.Mode.EXCLUDE)
    void refusesSameSiteNoneThatMayBeInsecure(Secure secure) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new CookieSettings("/", null, SameSite.NONE, secure))
                .satisfies(invalid -> {
                    assertThat(invalid.setting()).isEqualTo("cookie.same-site");
                    assertThat(invalid.action("reftrail."))
                            .isEqualTo("Write reftrail.cookie.secure=always, or reftrail.cookie.same-site=lax.");
                    assertThat(invalid).hasMessageEndingWith("Write cookie.secure=always, or cookie.same-site=lax.");
                });
    }

    @ParameterizedTest
    @CsvSource({"example.com, example.com", ".example.com, example.com", "shop.Example.co.uk, shop.Example.co.uk"})
    void takesADomainWithOrWithoutALeadingDot(String domain, String kept) {
        assertThat(new CookieSettings("/", domain, SameSite.LAX, Secure.AUTO).domain())
                .isEqualTo(kept);
    }

    @Test
    void theDefaultIsAHostOnlyCookieForTheWholeSite() {
        assertThat(CookieSettings.DEFAULT).isEqualTo(new CookieSettings("/", null, SameSite.LAX, Secure.AUTO));
    }
}
