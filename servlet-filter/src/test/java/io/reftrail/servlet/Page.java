package io.reftrail.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet as a lambda. */
@FunctionalInterface
interface Page {

    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;

    default HttpServlet toServlet() {
        return new PageServlet(this);
    }

    /** Serves every method alike. */
    final class PageServlet extends HttpServlet {

        private final transient Page page;

        PageServlet(Page page) {
            this.page = page;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            page.serve(request, response);
        }
    }
}
