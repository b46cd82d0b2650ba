package io.reftrail.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;

/**
 * Tells a person's sign-in from everything else that Spring Security publishes. A login form publishes the plain success
 * event and the interactive one; a controller that calls the {@code AuthenticationManager} only the plain one; so do
 * credentials that come with every request, which are no sign-in. A certificate, or a proxy that has signed somebody in, is a
 * sign-in though it comes with every request: there is no other.
 */
final class SignInEvents {

    private static final String OAUTH2 = "org.springframework.security.oauth2.";

    /** What an OAuth2 login ends with; named, because the module may be absent. */
    private static final Set<String> OAUTH2_LOGIN = Set.of(
            OAUTH2 + "client.authentication.OAuth2LoginAuthenticationToken",
            OAUTH2 + "client.authentication.OAuth2AuthenticationToken");

    private SignInEvents() {}

    static boolean isSuccess(AbstractAuthenticationEvent event) {
        return event instanceof InteractiveAuthenticationSuccessEvent || event instanceof AuthenticationSuccessEvent;
    }

    static boolean isSignIn(AbstractAuthenticationEvent event, HttpServletRequest request) {
        Authentication authentication = event.getAuthentication();
        if (authentication instanceof RememberMeAuthenticationToken
                || authentication instanceof AnonymousAuthenticationToken
                || isSwitchedUser(authentication)
                || !authentication.isAuthenticated()) {
            return false;
        }
        return event instanceof InteractiveAuthenticationSuccessEvent || !comesWithTheRequest(authentication, request);
    }

    private static boolean isSwitchedUser(Authentication authentication) {
        return authentication.getAuthorities().stream().anyMatch(SwitchUserGrantedAuthority.class::isInstance);
    }

    private static boolean comesWithTheRequest(Authentication authentication, HttpServletRequest request) {
        return request.getHeader("Authorization") != null
                || isOtherOAuth2(authentication.getClass().getName());
    }

    /** Bearer tokens, access granted to a client of ours, and clients of an authorization server are no persons. */
    private static boolean isOtherOAuth2(String type) {
        return type.startsWith(OAUTH2) && !OAUTH2_LOGIN.contains(type);
    }
}
