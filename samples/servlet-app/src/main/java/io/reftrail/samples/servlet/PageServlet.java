package io.reftrail.samples.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The pages that only show something. */
public final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String SIGN_IN = """
            <h1>Sign in</h1>
            <form method="post" action="j_security_check"><label>E-mail <input name="j_username" required></label>
            <label>Password <input name="j_password" type="password" required></label>
            <button>Sign in</button></form>
            """;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        switch (request.getServletPath()) {
            case "/", "" ->
                write(
                        response,
                        "<h1>Bookkeeping</h1><p><a href='signup'>Sign up</a> or <a href='account'>sign in</a></p>");
            case "/signin" -> write(response, SIGN_IN);
            case "/account" -> write(response, "<h1>Your account</h1><p>It is open.</p><a href='signout'>Sign out</a>");
            case "/signout" -> {
                request.logout();
                response.sendRedirect("./");
            }
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    static void write(HttpServletResponse response, String body) throws IOException {
        response.setContentType("text/html;charset=utf-8");
        response.getWriter()
                .write("<!DOCTYPE html><meta name=viewport content='width=device-width'><title>Ledgerly</title>"
                        + body);
    }
}
