package io.reftrail.security;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.util.ClassUtils;

/** Knows the principals of one of Spring Security's modules. */
@FunctionalInterface
interface ProfileReader {

    /** Returns {@code null} if the principal is none of the module's. */
    @Nullable
    Profile read(Authentication authentication);

    /** Returns one for each module that is there; a reader's class is not loaded without its module. */
    static List<ProfileReader> available() {
        List<ProfileReader> readers = new ArrayList<>();
        if (isPresent("oauth2.core.ClaimAccessor")) {
            readers.add(OAuth2Claims::read);
        }
        if (isPresent("saml2.provider.service.authentication.Saml2ResponseAssertionAccessor")) {
            readers.add(SamlAssertion::read);
        }
        if (isPresent("saml2.provider.service.authentication.Saml2AuthenticatedPrincipal")) {
            readers.add(SamlPrincipal::read);
        }
        if (isPresent("ldap.userdetails.InetOrgPerson")) {
            readers.add(LdapEntry::read);
        }
        if (isPresent("web.webauthn.api.PublicKeyCredentialUserEntity")) {
            readers.add(PasskeyUser::read);
        }
        return List.copyOf(readers);
    }

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent("org.springframework.security." + type, ProfileReader.class.getClassLoader());
    }
}
