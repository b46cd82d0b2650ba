package io.reftrail.backend.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.Reftrail;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.affihub.AffihubBackend;
import io.reftrail.model.InvalidSettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two backends of which one would take the other's clicks stop the start. */
class SharedNamesTests {

    private static TrackingBackend declared(String name, String parameter, String cookie) {
        return BackendDeclaration.of(name, """
                        {"name": "%s", "base-url": "https://a.example",
                         "capture": [{"parameters": ["%s"], "cookie": "%s", "window": "30d"}],
                         "calls": {"lead": {"path": "/x", "repeat": "recognised", "answers": [{"status": 200, "outcome": "recorded"}]}}}
                        """.formatted(name, parameter, cookie))
                .backend(Map.of());
    }

    @Test
    void oneCookie() {
        assertThatThrownBy(() -> Reftrail.builder()
                        .backend(declared("acme", "a", "same"))
                        .backend(declared("beta", "b", "same"))
                        .build())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("beta: the cookie 'same' is also that of acme. Give one of them another cookie, or use only"
                        + " one of the two backends.");
    }

    @Test
    void oneParameter() {
        assertThatThrownBy(() -> Reftrail.builder()
                        .backend(AffihubBackend.of("program"))
                        .backend(declared("acme", "ref", "acme"))
                        .build())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("acme: the parameter 'ref' is also that of affihub.");
        assertThatThrownBy(() -> Reftrail.builder()
                        .backend(declared("acme", "ref", "acme"))
                        .backend(AffihubBackend.of("program"))
                        .build())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("affihub: the parameter 'ref' is also that of acme.");
    }

    @Test
    void othersMayBeTogether() {
        try (Reftrail reftrail = Reftrail.builder()
                .backend(declared("acme", "a", "acme"))
                .backend(declared("beta", "b", "beta"))
                .backend(AffihubBackend.of("program"))
                .build()) {
            assertThat(reftrail.backends()).hasSize(3);
        }
    }
}
