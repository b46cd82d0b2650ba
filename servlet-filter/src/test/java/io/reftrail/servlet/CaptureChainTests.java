package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

/** Which requests bring a click along, as far as no HTTP/1.1 server can be sent them. */
class CaptureChainTests {

    private final Reftrail reftrail = Kits.builder(new Captures()).build();

    @AfterEach
    void close() {
        reftrail.close();
    }

    @ParameterizedTest
    @CsvSource({"HTTP/2.0, true", "HTTP/3.0, true", "HTTP/1.1, false", "HTTP/1.0, false"})
    void aCookieInAnyOfTheLinesOfNewerProtocolsIsSeen(String protocol, boolean seen) {
        HttpServletRequest request = Mockito.mock();
        Mockito.when(request.getProtocol()).thenReturn(protocol);

        assertThat(carriesClick(new OtherCookies(request, "a=b", "c=d", "refp_id=one")))
                .isEqualTo(seen);
        assertThat(carriesClick(new OtherCookies(request, "refp_id=one"))).isTrue();
        assertThat(carriesClick(new OtherCookies(request, "a=b", "c=d"))).isFalse();
    }

    @Test
    void aRequestWhoseHeadersCannotBeReadBringsNone() {
        HttpServletRequest request = Mockito.mock();
        Mockito.when(request.getHeader("Cookie")).thenThrow(new IllegalStateException("recycled"));

        assertThat(carriesClick(request)).isFalse();
    }

    private boolean carriesClick(HttpServletRequest request) {
        return CaptureChain.carriesClick(reftrail.visits().capture(), request);
    }
}
