package io.reftrail.security;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/**
 * Reads the claims of OpenID Connect (Core 1.0, section 5.1) in an ID token, a user info or a JWT, and the names that large
 * providers of plain OAuth2 have for them: {@code avatar_url} (GitHub, GitLab) and {@code verified_email} (Google). The only
 * class that touches Spring Security's OAuth2 module.
 */
final class OAuth2Claims {

    private OAuth2Claims() {}

    static @Nullable Profile read(Authentication authentication) {
        Object principal = authentication.getPrincipal();
        if (principal instanceof OAuth2AuthenticatedPrincipal user) {
            return profile(user.getAttributes());
        }
        return principal instanceof ClaimAccessor token ? profile(token.getClaims()) : null;
    }

    private static Profile profile(Map<String, Object> claims) {
        String name = Profile.text(claims, "name");
        return new Profile(
                Profile.text(claims, "email"),
                isFalse(claims.get("email_verified")) || isFalse(claims.get("verified_email")),
                name == null
                        ? Profile.fullName(Profile.text(claims, "given_name"), Profile.text(claims, "family_name"))
                        : name,
                Profile.text(claims, "picture", "avatar_url"));
    }

    /** Some providers write the word. */
    private static boolean isFalse(@Nullable Object claim) {
        return claim != null && claim.toString().equalsIgnoreCase("false");
    }
}
