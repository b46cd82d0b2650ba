package io.reftrail.benchmarks.site;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers with a page that is there already: whatever a filter costs shows. */
final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final byte[] PAGE = "<!doctype html><title>Shop</title><p>Welcome".getBytes(StandardCharsets.UTF_8);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html");
        response.setContentLength(PAGE.length);
        response.getOutputStream().write(PAGE);
    }
}
