package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** The hints that Spring's ahead-of-time processing finds through {@code META-INF/spring/aot.factories}. */
class ReftrailSecurityRuntimeHintsTests {

    private final RuntimeHints hints = new RuntimeHints();

    ReftrailSecurityRuntimeHintsTests() {
        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                .load(RuntimeHintsRegistrar.class)
                .stream()
                .filter(registrar -> registrar.getClass().getName().startsWith("io.reftrail.security."))
                .forEach(registrar -> registrar.registerHints(hints, getClass().getClassLoader()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.security.authorization.AuthorizationManagerFactory",
                "org.springframework.security.oauth2.core.ClaimAccessor",
                "org.springframework.security.saml2.provider.service.authentication.Saml2ResponseAssertionAccessor",
                "org.springframework.security.saml2.provider.service.authentication.Saml2AuthenticatedPrincipal",
                "org.springframework.security.ldap.userdetails.InetOrgPerson",
                "org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity"
            })
    void aModuleOnTheClassPathIsDetected(String type) {
        assertThat(reflection().onType(TypeReference.of(type))).accepts(hints);
    }

    @Test
    void anAbsentModuleIsNotRegistered() {
        RuntimeHints none = new RuntimeHints();
        new ReftrailSecurityRuntimeHints().registerHints(none, ClassLoader.getPlatformClassLoader());

        assertThat(none.reflection().typeHints()).isEmpty();
    }
}
