package io.reftrail.backend.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.testing.LogCapture;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot work is refused when a backend is built, in words that never show a secret. */
class BackendSettingsTests {

    private static final String SECRET = "s3cr3t";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "s3cr3t key",
                "s3cr3t\n",
                " s3cr3t",
                "s3cr3t\u00e4",
                "s3cr3t\u0000",
                "${s3cr3t}",
                "x${s3cr3t}"
            })
    void refusesWhatIsNoKey(String key) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new ApiKey("introw", key))
                .satisfies(invalid -> {
                    assertThat(invalid.setting()).isEqualTo("introw.api-key");
                    assertThat(invalid.action(""))
                            .startsWith(
                                    key.contains("${")
                                            ? "Set the variable"
                                            : "Copy the key from the settings page of introw");
                    assertThat(invalid.toString()).doesNotContain(SECRET);
                });
    }

    @Test
    void aPlaceholderIsCalledOne() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new ApiKey("introw", "${INTROW_KEY}"))
                .satisfies(invalid -> assertThat(invalid.problem()).contains("placeholder"));
    }

    @Test
    void aKeyGoesOutAsItIs() {
        assertThat(new ApiKey("introw", "ik_A-1.b=~/+").value()).isEqualTo("ik_A-1.b=~/+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "introw",
                "api.example.com",
                "/api",
                "ftp://api.example.com",
                "https://",
                "https:///api",
                "https://exa mple.com",
                "https://api.example.com/%zz",
                "https://api.example.com?x=1",
                "https://api.example.com#x",
                "https://user@api.example.com",
                "${INTROW_URL}",
                "mailto:mia@example.org"
            })
    void refusesWhatIsNoUrlOfAnApi(String url) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> BaseUrl.of("introw", url))
                .satisfies(invalid -> {
                    assertThat(invalid.setting()).isEqualTo("introw.base-url");
                    assertThat(invalid.action("")).startsWith("Write scheme and host");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cr3t",
                "https://s3cr3t@api.example.com",
                "https://user:s3cr3t@api.example.com",
                "https://user:p@s3cr3t@api.example.com",
                "https://api.example.com?api_key=s3cr3t",
                "https://api.example.com#s3cr3t",
                "https://user@api.example.com?key=s3cr3t",
                "https://user:s3cr3t@/x?y@z",
            })
    void aRefusedUrlShowsNoSecret(String url) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> BaseUrl.of("introw", url))
                .satisfies(invalid -> assertThat(invalid.toString()).doesNotContain(SECRET));
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com,          https://api.example.com/v1/x",
        "https://api.example.com/,         https://api.example.com/v1/x",
        "http://localhost:8099/introw,     http://localhost:8099/introw/v1/x",
        "HTTPS://api.example.com:8443/a/,  HTTPS://api.example.com:8443/a/v1/x",
        "http://[::1]:8099,                http://[::1]:8099/v1/x",
    })
    void pathsAreAppended(String url, URI resolved) {
        assertThat(BaseUrl.of("introw", url).resolve("/v1/x")).isEqualTo(resolved);
    }

    @Test
    void anEventWithoutANameIsRefused() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(
                        () -> RefportBackend.builder("key").leadEventName(" ").build())
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("refport.lead-event-name"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://api.example, true",
        "HTTP://10.0.0.7:9090, true",
        "http://127.0.0.1.example, true",
        "http://localhost.example, true",
        "https://api.example, false",
        "http://localhost:9090, false",
        "http://127.0.0.1:9090, false",
        "http://[::1]:9090, false",
        "http://backend.localhost, false"
    })
    void warnsOfAKeyThatGoesOverTheNetworkInTheClear(String url, boolean warned) {
        try (LogCapture log = new LogCapture()) {
            IntrowBackend.builder("ik_" + SECRET).baseUrl(url).build();

            assertThat(log.lines().stream().filter(line -> line.startsWith("WARN The base URL of introw")))
                    .hasSize(warned ? 1 : 0);
            assertThat(log.lines()).noneMatch(line -> line.contains(SECRET));
        }
    }
}
