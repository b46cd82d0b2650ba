package io.reftrail.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;

/**
 * Tells a person's sign-in from everything else that Spring Security publishes. A login form publishes the plain success
 * event and the interactive one; a controller that calls the {@code AuthenticationManager} only the plain one; so do
 * credentials that come with every request, which are no sign-in. A certificate, or a proxy that has signed somebody in, is a
 * sign-in though it comes with every request: there is no other.
 */
final class SignInEvents {

    /** What an event says of a person. */
    enum Meaning {
        /** Nothing, or nothing that counts. */
        NOTHING,
        /** Somebody who has signed in on another day is back. */
        RETURN,
        /** Somebody has signed in. */
        SIGN_IN
    }

    private static final String OAUTH2 = "org.springframework.security.oauth2.";

    /** What an OAuth2 login ends with; named, because the module may be absent. */
    private static final Set<String> OAUTH2_LOGIN = Set.of(
            OAUTH2 + "client.authentication.OAuth2LoginAuthenticationToken",
            OAUTH2 + "client.authentication.OAuth2AuthenticationToken");

    private SignInEvents() {}

    /** Whether an event has to be looked at. Asked on every request of an API, and allocates nothing. */
    static boolean mayMatter(AbstractAuthenticationEvent event) {
        return event instanceof InteractiveAuthenticationSuccessEvent
                || (event instanceof AuthenticationSuccessEvent && !isToken(event.getAuthentication()));
    }

    /** @param request in which it happened, or {@code null} where none is at hand */
    static Meaning of(AbstractAuthenticationEvent event, @Nullable HttpServletRequest request) {
        Authentication authentication = event.getAuthentication();
        if (!mayMatter(event)
                || authentication instanceof AnonymousAuthenticationToken
                || !authentication.isAuthenticated()
                || Impersonation.isOn(authentication, request)) {
            return Meaning.NOTHING;
        }
        boolean interactive = event instanceof InteractiveAuthenticationSuccessEvent;
        if (authentication instanceof RememberMeAuthenticationToken) {
            return interactive ? Meaning.RETURN : Meaning.NOTHING;
        }
        return interactive || !comesWithTheRequest(authentication, request) ? Meaning.SIGN_IN : Meaning.NOTHING;
    }

    private static boolean comesWithTheRequest(Authentication authentication, @Nullable HttpServletRequest request) {
        return request != null && AuthorizationHeader.isOrigin(request, authentication);
    }

    /** Bearer tokens, access granted to a client of ours, and clients of an authorization server are no persons. */
    static boolean isToken(Authentication authentication) {
        String type = authentication.getClass().getName();
        return type.startsWith(OAUTH2) && !OAUTH2_LOGIN.contains(type);
    }
}
