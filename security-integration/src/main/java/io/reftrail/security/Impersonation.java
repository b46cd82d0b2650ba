package io.reftrail.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;

/**
 * Somebody who acts for somebody else ({@code SwitchUserFilter}). What they prove meanwhile is no sign-in of a customer.
 * A login form replaces the context between its two events, so the request remembers what the first one has shown.
 */
final class Impersonation {

    private static final String SEEN = Impersonation.class.getName() + ".SEEN";

    private Impersonation() {}

    static boolean isOn(Authentication authentication, @Nullable HttpServletRequest request) {
        if (request != null && request.getAttribute(SEEN) != null) {
            return true;
        }
        Authentication current = SecurityContextHolder.getContext().getAuthentication();
        boolean found = isSwitched(authentication) || (current != null && isSwitched(current));
        if (found && request != null) {
            request.setAttribute(SEEN, true);
        }
        return found;
    }

    private static boolean isSwitched(Authentication authentication) {
        for (GrantedAuthority authority : authentication.getAuthorities()) {
            if (authority instanceof SwitchUserGrantedAuthority) {
                return true;
            }
        }
        return false;
    }
}
