package io.reftrail.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.saml2.provider.service.authentication.Saml2ResponseAssertionAccessor;

/**
 * Reads a SAML assertion as Spring Security 7 keeps it: as the credentials, for the principal may be the application's own. The
 * only class that touches the type, which Spring Security 6.5 does not have.
 */
final class SamlAssertion {

    private SamlAssertion() {}

    static @Nullable Profile read(Authentication authentication) {
        return authentication.getCredentials() instanceof Saml2ResponseAssertionAccessor assertion
                ? SamlAttributes.profile(assertion.getAttributes())
                : null;
    }
}
