package io.reftrail.backend.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.reftrail.model.InvalidSettingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The address of an API as somebody wrote it: calls go there, or the application does not start. */
class BaseUrlFuzzTests {

    @FuzzTest
    void isTakenOrRefused(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        BaseUrl url;
        try {
            url = BaseUrl.of("introw", text);
        } catch (InvalidSettingException refused) {
            assertThat(refused).hasMessageContaining("introw.base-url");
            return;
        }
        URI call = url.resolve("/v1/leads?a=b");
        assertThat(call.getHost()).isEqualTo(url.uri().getHost()).isNotBlank();
        assertThat(call.getScheme()).matches("(?i)https?");
        assertThat(call.getRawPath()).isEqualTo(url.uri().getRawPath() + "/v1/leads");
        assertThat(call.getRawQuery()).isEqualTo("a=b");
        assertThat(call.getRawUserInfo()).isNull();
    }
}
