package io.reftrail.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.saml2.provider.service.authentication.Saml2AuthenticatedPrincipal;

/**
 * Reads the principal that Spring Security 6.5 makes of a SAML assertion, and that converters of an application's own may still
 * make. The only class that touches the type.
 */
final class SamlPrincipal {

    private SamlPrincipal() {}

    @SuppressWarnings("deprecation") // since Spring Security 7, which keeps the assertion apart
    static @Nullable Profile read(Authentication authentication) {
        return authentication.getPrincipal() instanceof Saml2AuthenticatedPrincipal user
                ? SamlAttributes.profile(user.getAttributes())
                : null;
    }
}
