package io.reftrail.servlet;

import io.reftrail.Reftrail;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A request in which the application may sign somebody in or out: told at once, so that the same response expires the cookie. */
final class SignInRequest extends HttpServletRequestWrapper {

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final SignIns signIns;
    private final Reftrail reftrail;

    SignInRequest(HttpServletRequest request, HttpServletResponse response, SignIns signIns, Reftrail reftrail) {
        super(request);
        this.request = request;
        this.response = response;
        this.signIns = signIns;
        this.reftrail = reftrail;
    }

    @Override
    public void login(String username, String password) throws ServletException {
        super.login(username, password);
        signIns.loggedIn(reftrail, request, response);
    }

    @Override
    public boolean authenticate(HttpServletResponse challenged) throws IOException, ServletException {
        boolean authenticated = super.authenticate(challenged);
        if (authenticated) {
            signIns.arrived(reftrail, request, response);
        }
        return authenticated;
    }

    @Override
    public void logout() throws ServletException {
        super.logout();
        signIns.loggedOut(request);
    }
}
