package io.reftrail.samples.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The pages that only show something. */
public final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case "/", "" -> write(response, "<h1>Bookkeeping</h1><p><a href='signup'>Sign up</a></p>");
            case "/welcome" -> write(response, "<h1>Welcome</h1><p>Your account is open.</p>");
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
