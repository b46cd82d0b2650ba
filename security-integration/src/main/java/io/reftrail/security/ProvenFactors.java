package io.reftrail.security;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * What a person has proven so far. The plain success event has the authorities of its own factor alone, and a controller that
 * calls the {@code AuthenticationManager} publishes no other; those of the factors before stand in the security context.
 */
final class ProvenFactors {

    private ProvenFactors() {}

    /** Returns the authentication with what the same person has proven before. */
    static Authentication with(Authentication authentication) {
        Authentication current = SecurityContextHolder.getContext().getAuthentication();
        if (current == null
                || !current.isAuthenticated()
                || !authentication.getName().equals(current.getName())) {
            return authentication;
        }
        List<GrantedAuthority> before = new ArrayList<>(current.getAuthorities());
        before.removeIf(authority -> has(authentication, authority.getAuthority()));
        return before.isEmpty()
                ? authentication
                : authentication.toBuilder()
                        .authorities(all -> all.addAll(before))
                        .build();
    }

    private static boolean has(Authentication authentication, @Nullable String name) {
        return authentication.getAuthorities().stream()
                .anyMatch(authority -> authority.getAuthority() != null
                        && authority.getAuthority().equals(name));
    }
}
