package io.reftrail.security;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * The credentials in a request's {@code Authorization} header, which come with every request and are no sign-in. A sign-in
 * inside such a request is one: the header may belong to a gate that the request has passed, or be read by nobody.
 */
final class AuthorizationHeader {

    private static final String BASIC = "Basic ";

    private AuthorizationHeader() {}

    /**
     * Whether an authentication comes out of the header, as far as can be seen. It does if it has the header's user name. It
     * does not if the header is spent on somebody else. Otherwise it does where a filter seems to have read the header: one
     * that stands before all that is known of the visitor, or goes over the session's user, or has noted where the request
     * comes from.
     */
    static boolean isOrigin(HttpServletRequest request, Authentication authentication) {
        String header = request.getHeader("Authorization");
        if (header == null) {
            return false;
        }
        String user = user(header);
        if (user != null && user.equals(authentication.getName())) {
            return true;
        }
        Authentication current = SecurityContextHolder.getContext().getAuthentication();
        if (current == null) {
            return true;
        }
        boolean spent = SignInEvents.isToken(current) || (user != null && user.equals(current.getName()));
        boolean fromFilter = !(current instanceof AnonymousAuthenticationToken)
                || authentication.getDetails() instanceof WebAuthenticationDetails;
        return !spent && fromFilter;
    }

    private static @Nullable String user(String header) {
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return null;
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).trim());
            String credentials = new String(decoded, StandardCharsets.UTF_8);
            int colon = credentials.indexOf(':');
            return colon < 0 ? null : credentials.substring(0, colon);
        } catch (IllegalArgumentException illFormed) {
            return null;
        }
    }
}
