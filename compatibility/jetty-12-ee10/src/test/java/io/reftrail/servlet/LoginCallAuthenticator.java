package io.reftrail.servlet;

import org.eclipse.jetty.security.AuthenticationState;
import org.eclipse.jetty.security.UserIdentity;
import org.eclipse.jetty.security.authentication.LoginAuthenticator;
import org.eclipse.jetty.security.authentication.SessionAuthentication;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Session;
import org.eclipse.jetty.util.Callback;

/**
 * Leaves it to the application to sign people in, and keeps them in the session if there is one. Jetty has none of its own for
 * an application without a {@code login-config}.
 */
final class LoginCallAuthenticator extends LoginAuthenticator {

    private static final String TYPE = "LOGIN";

    @Override
    public String getAuthenticationType() {
        return TYPE;
    }

    @Override
    public UserIdentity login(String username, Object password, Request request, Response response) {
        UserIdentity user = super.login(username, password, request, response);
        Session session = request.getSession(false);
        if (user != null && session != null) {
            session.setAttribute(
                    SessionAuthentication.AUTHENTICATED_ATTRIBUTE, new SessionAuthentication(TYPE, user, password));
        }
        return user;
    }

    @Override
    public void logout(Request request, Response response) {
        super.logout(request, response);
        Session session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(SessionAuthentication.AUTHENTICATED_ATTRIBUTE);
        }
    }

    @Override
    public AuthenticationState validateRequest(Request request, Response response, Callback callback) {
        Session session = request.getSession(false);
        Object kept = session == null ? null : session.getAttribute(SessionAuthentication.AUTHENTICATED_ATTRIBUTE);
        return kept instanceof SessionAuthentication authentication ? authentication : AuthenticationState.defer(this);
    }
}
