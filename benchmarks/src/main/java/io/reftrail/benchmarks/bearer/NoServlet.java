package io.reftrail.benchmarks.bearer;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;

/** Answers whoever is signed in with nothing. */
final class NoServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        boolean signedIn = SecurityContextHolder.getContext().getAuthentication() != null;
        response.setStatus(signedIn ? HttpServletResponse.SC_OK : HttpServletResponse.SC_FORBIDDEN);
    }
}
