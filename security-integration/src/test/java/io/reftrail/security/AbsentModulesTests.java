package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.model.Customer;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.core.Authentication;

/** Applications that have not all of Spring Security's modules. */
class AbsentModulesTests {

    private static final Authentication KIM = Principals.user("kim@example.org");

    private static final Customer CUSTOMER = Customer.of("kim@example.org").withEmail("kim@example.org");

    @ParameterizedTest
    @ValueSource(strings = {"oauth2.", "saml2.", "ldap.", "web.webauthn."})
    void theResolverWorksWithoutAModule(String module) throws Exception {
        assertThat(resolverWithout(List.of(module)).resolve(KIM)).isEqualTo(CUSTOMER);
    }

    @Test
    void theResolverWorksWithoutAnyOfThem() throws Exception {
        CustomerResolver resolver = resolverWithout(List.of("oauth2.", "saml2.", "ldap.", "web.webauthn."));
        assertThat(resolver.resolve(KIM)).isEqualTo(CUSTOMER);
    }

    @Test
    void whatIsThereIsReadAllTheSame() throws Exception {
        Authentication user = Principals.oidc(Map.of("sub", "u-7", "email", "kim@example.org"));
        assertThat(resolverWithout(List.of("saml2.", "ldap.", "web.webauthn.")).resolve(user))
                .isEqualTo(Customer.of("u-7").withEmail("kim@example.org"));
        assertThat(resolverWithout(List.of("oauth2.")).resolve(user)).isEqualTo(Customer.of("u-7"));
    }

    /** The tests above would fail if a reader were used without its module. */
    @ParameterizedTest
    @CsvSource({
        "oauth2., Profile$OAuth2Reader",
        "saml2., Profile$SamlAssertionReader",
        "saml2., Profile$SamlPrincipalReader",
        "ldap., Profile$LdapReader",
        "web.webauthn., Profile$PasskeyReader"
    })
    void aReaderCannotDoWithoutItsModule(String module, String reader) throws Exception {
        Class<?> type = new WithoutModules(List.of(module)).loadClass("io.reftrail.security." + reader);
        assertThatThrownBy(() -> {
                    Method read = type.getDeclaredMethod("read", Authentication.class);
                    read.setAccessible(true);
                    read.invoke(null, KIM);
                })
                .hasRootCauseInstanceOf(ClassNotFoundException.class);
    }

    private static CustomerResolver resolverWithout(List<String> modules) throws ReflectiveOperationException {
        return (CustomerResolver) new WithoutModules(modules)
                .loadClass(DefaultCustomerResolver.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }
}
