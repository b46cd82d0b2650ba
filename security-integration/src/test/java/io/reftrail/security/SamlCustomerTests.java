package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Customer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.saml2.provider.service.authentication.Saml2AssertionAuthentication;
import org.springframework.security.saml2.provider.service.authentication.Saml2ResponseAssertion;

/** Who the customer is where an assertion stands beside the principal, whatever that is: since Spring Security 7. */
class SamlCustomerTests {

    private static final Map<String, List<Object>> ATTRIBUTES =
            Map.of("mail", List.of("kim@example.org"), "displayName", List.of("Kim Novak"));

    static Stream<Object> principals() {
        return Stream.of("u-7", User.withUsername("u-7").password("").build());
    }

    @ParameterizedTest
    @MethodSource("principals")
    void readsTheCustomerFromTheAssertion(Object principal) {
        Saml2ResponseAssertion assertion = Saml2ResponseAssertion.withResponseValue("<Response/>")
                .nameId("u-7")
                .attributes(ATTRIBUTES)
                .build();

        assertThat(new DefaultCustomerResolver()
                        .resolve(new Saml2AssertionAuthentication(principal, assertion, List.of(), "idp")))
                .isEqualTo(Customer.of("u-7").withEmail("kim@example.org").withName("Kim Novak"));
    }
}
