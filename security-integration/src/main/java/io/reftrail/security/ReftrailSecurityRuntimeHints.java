package io.reftrail.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * The hints for the types by which this module detects the modules of Spring Security. Without the hints a native image treats each
 * module as absent.
 */
final class ReftrailSecurityRuntimeHints implements RuntimeHintsRegistrar {

    private static final List<String> MODULE_TYPES = List.of(
            "authorization.AuthorizationManagerFactory",
            "oauth2.core.ClaimAccessor",
            "saml2.provider.service.authentication.Saml2ResponseAssertionAccessor",
            "saml2.provider.service.authentication.Saml2AuthenticatedPrincipal",
            "ldap.userdetails.InetOrgPerson",
            "web.webauthn.api.PublicKeyCredentialUserEntity");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        for (String type : MODULE_TYPES) {
            hints.reflection()
                    .registerTypeIfPresent(classLoader, "org.springframework.security." + type, registered -> {});
        }
    }
}
