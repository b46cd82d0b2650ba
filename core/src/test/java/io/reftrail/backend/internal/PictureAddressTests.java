package io.reftrail.backend.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.Leads;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.model.Customer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which picture of a customer a vendor is told. */
class PictureAddressTests {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "https://cdn.example/u/7.png?s=96, true",
                "http://cdn.example:8080/7, true",
                "HTTPS://CDN.EXAMPLE/7, true",
                "none, false",
                "'', false",
                "' ', false",
                "/avatars/7.png, false",
                "//cdn.example/7.png, false",
                "cdn.example/7.png, false",
                "'data:image/png;base64,iVBORw0KGgo=', false",
                "javascript:alert(1), false",
                "ftp://cdn.example/7.png, false",
                "https:///7.png, false",
                "https:7.png, false",
                "https://kim:secret@cdn.example/7.png, false",
                "https://cdn.example/my picture.png, false",
                "'https://cdn.example/7\r\nX: 1', false",
            })
    void onlyAnAbsoluteAddressOfTheWebIsSent(@Nullable String address, boolean sent) {
        assertThat(PictureAddress.valid(address)).isEqualTo(sent ? address : null);
        assertThat(lead(DubBackend.of("k"), address).contains("customerAvatar")).isEqualTo(sent);
        assertThat(lead(RefportBackend.of("k"), address).contains("customerAvatar"))
                .isEqualTo(sent);
    }

    private static String lead(TrackingBackend backend, @Nullable String avatar) {
        return backend.call(Leads.lead(backend, "click_1", Customer.of("7").withAvatar(avatar)))
                .body();
    }

    @Test
    void whatIsTooLongIsLeftOut() {
        String longest = "https://cdn.example/" + "x".repeat(2000 - "https://cdn.example/".length());

        assertThat(PictureAddress.valid(longest)).isEqualTo(longest);
        assertThat(PictureAddress.valid(longest + "x")).isNull();
    }
}
