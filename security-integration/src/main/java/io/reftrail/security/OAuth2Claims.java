package io.reftrail.security;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/** The only class that touches Spring Security's OAuth2 module; loaded where that module is. */
final class OAuth2Claims {

    private OAuth2Claims() {}

    static Map<String, Object> of(@Nullable Object principal) {
        if (principal instanceof OAuth2AuthenticatedPrincipal user) {
            return user.getAttributes();
        }
        return principal instanceof ClaimAccessor token ? token.getClaims() : Map.of();
    }
}
