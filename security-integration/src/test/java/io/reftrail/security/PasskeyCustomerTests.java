package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Customer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.authentication.WebAuthnAuthentication;

/** Who the customer is who has signed in with a passkey. */
class PasskeyCustomerTests {

    private static Customer resolve(String name, String displayName) {
        return Objects.requireNonNull(new DefaultCustomerResolver()
                .resolve(new WebAuthnAuthentication(
                        ImmutablePublicKeyCredentialUserEntity.builder()
                                .id(Bytes.random())
                                .name(name)
                                .displayName(displayName)
                                .build(),
                        List.of())));
    }

    @Test
    void hasTheNameThatIsShown() {
        assertThat(resolve("u-7", "Kim Novak")).isEqualTo(Customer.of("u-7").withName("Kim Novak"));
    }

    @Test
    void hasNoOtherNameThanAnAddress() {
        assertThat(resolve("kim@example.org", "kim@example.org"))
                .isEqualTo(Customer.of("kim@example.org").withEmail("kim@example.org"));
    }
}
