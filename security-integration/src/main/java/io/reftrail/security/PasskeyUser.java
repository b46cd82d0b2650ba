package io.reftrail.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;

/**
 * Reads who has signed in with a passkey. The ids of the entity and of the credential are random and stay here. The only class
 * that touches Spring Security's WebAuthn module.
 */
final class PasskeyUser {

    private PasskeyUser() {}

    static @Nullable Profile read(Authentication authentication) {
        return authentication.getPrincipal() instanceof PublicKeyCredentialUserEntity user
                ? Profile.of(null, displayName(user))
                : null;
    }

    /** Spring Security registers the user name as the display name too, where the application does not. */
    private static @Nullable String displayName(PublicKeyCredentialUserEntity user) {
        String name = Profile.first(user.getDisplayName());
        return name == null || name.equals(user.getName()) ? null : name;
    }
}
