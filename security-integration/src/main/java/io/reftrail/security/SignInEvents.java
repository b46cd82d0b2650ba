package io.reftrail.security;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;

/**
 * The meaning of Spring Security's events. A login form publishes the plain success event and then the interactive one; a controller
 * that calls the {@code AuthenticationManager} publishes only the plain one. Credentials that come with every request publish the
 * plain one too, and are not a sign-in. A certificate or a proxy that authenticates each request is a sign-in, because the visitor
 * has no other one.
 */
final class SignInEvents {

    /** The meaning of an authentication. */
    enum Meaning {
        /** Not the sign-in of a person: a failure, an anonymous user, a token, an impersonation, credentials of each request. */
        NO_SIGN_IN,
        /** A visitor who is authenticated by a remember-me cookie. */
        RETURN,
        /** A sign-in. */
        SIGN_IN
    }

    private static final String OAUTH2 = "org.springframework.security.oauth2.";

    /** The results of an OAuth2 login, by name, because the module is optional. */
    private static final Set<String> OAUTH2_LOGIN = Set.of(
            OAUTH2 + "client.authentication.OAuth2LoginAuthenticationToken",
            OAUTH2 + "client.authentication.OAuth2AuthenticationToken");

    private static final String BASIC = "Basic ";

    private static final String IMPERSONATED = SignInEvents.class.getName() + ".IMPERSONATED";

    private SignInEvents() {}

    /** Returns whether an event can be a sign-in. Called on every request of an API; allocates nothing. */
    static boolean mayMatter(AbstractAuthenticationEvent event) {
        return event instanceof InteractiveAuthenticationSuccessEvent
                || (event instanceof AuthenticationSuccessEvent && !isToken(event.getAuthentication()));
    }

    /** @param request the request of the event, or {@code null} if it is unknown */
    static Meaning of(AbstractAuthenticationEvent event, @Nullable HttpServletRequest request) {
        return mayMatter(event)
                ? of(event.getAuthentication(), event instanceof InteractiveAuthenticationSuccessEvent, request)
                : Meaning.NO_SIGN_IN;
    }

    /**
     * Returns whether an authentication that a request has stored in its session is a sign-in. Called outside of Spring Security's
     * filter chain, so the security context is not available.
     */
    static boolean isStoredSignIn(Authentication authentication, HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        String user = header == null ? null : basicUser(header);
        boolean isOfHeader = header != null && (user == null || user.equals(authentication.getName()));
        return !isOfHeader
                && authentication.isAuthenticated()
                && !isToken(authentication)
                && !(authentication instanceof AnonymousAuthenticationToken)
                && !(authentication instanceof RememberMeAuthenticationToken)
                && !isSwitched(authentication)
                && request.getAttribute(IMPERSONATED) == null;
    }

    private static Meaning of(
            Authentication authentication, boolean isInteractive, @Nullable HttpServletRequest request) {
        if (authentication instanceof AnonymousAuthenticationToken
                || !authentication.isAuthenticated()
                || isImpersonated(authentication, request)) {
            return Meaning.NO_SIGN_IN;
        }
        if (authentication instanceof RememberMeAuthenticationToken) {
            return isInteractive ? Meaning.RETURN : Meaning.NO_SIGN_IN;
        }
        return isInteractive || request == null || !isFromAuthorizationHeader(request, authentication)
                ? Meaning.SIGN_IN
                : Meaning.NO_SIGN_IN;
    }

    /** Bearer tokens, access granted to this application as a client, and clients of an authorization server are not persons. */
    private static boolean isToken(Authentication authentication) {
        String type = authentication.getClass().getName();
        return type.startsWith(OAUTH2) && !OAUTH2_LOGIN.contains(type);
    }

    /**
     * Returns whether a user acts as another user ({@code SwitchUserFilter}). A login form replaces the security context between
     * its two events, so a request attribute keeps the result for the second one.
     */
    private static boolean isImpersonated(Authentication authentication, @Nullable HttpServletRequest request) {
        if (request != null && request.getAttribute(IMPERSONATED) != null) {
            return true;
        }
        Authentication current = SecurityContextHolder.getContext().getAuthentication();
        boolean found = isSwitched(authentication) || (current != null && isSwitched(current));
        if (found && request != null) {
            request.setAttribute(IMPERSONATED, true);
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

    /**
     * Returns whether an authentication seems to come from the {@code Authorization} header, which is sent with every request:
     *
     * <ol>
     *   <li>no, if there is no such header
     *   <li>yes, if the authentication has the user name of HTTP Basic
     *   <li>yes, if no user is authenticated yet
     *   <li>no, if the header has authenticated another user, as for a gate in front of the sign-in
     *   <li>otherwise yes, if the authentication replaces the session's user, or has the details that a filter records
     * </ol>
     */
    static boolean isFromAuthorizationHeader(HttpServletRequest request, Authentication authentication) {
        String header = request.getHeader("Authorization");
        if (header == null) {
            return false;
        }
        String user = basicUser(header);
        if (user != null && user.equals(authentication.getName())) {
            return true;
        }
        Authentication current = SecurityContextHolder.getContext().getAuthentication();
        if (current == null) {
            return true;
        }
        boolean isOfAnother = isToken(current) || (user != null && user.equals(current.getName()));
        boolean isOfFilter = !(current instanceof AnonymousAuthenticationToken)
                || authentication.getDetails() instanceof WebAuthenticationDetails;
        return !isOfAnother && isOfFilter;
    }

    private static @Nullable String basicUser(String header) {
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return null;
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).trim());
            String credentials = new String(decoded, StandardCharsets.UTF_8);
            int colon = credentials.indexOf(':');
            return colon < 0 ? null : credentials.substring(0, colon);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
