package io.reftrail.servlet;

import io.reftrail.model.Customer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The sign-up pages of a probe application: each answers with what became of the lead. */
final class SignUp {

    private SignUp() {}

    /** Adds {@code /signup}, and {@code /late}, which reports the customer when its response is on its way. */
    static WebApp addTo(WebApp app) {
        return app.page("/signup", SignUp::report).page("/late", (request, response) -> {
            response.getWriter().print("late ");
            response.flushBuffer();
            report(request, response);
        });
    }

    static void report(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = request.getParameter("customer");
        Customer customer = Customer.of(id).withEmail(id + "@example.com");
        response.getWriter().print(ServletReftrail.lead(request, response, customer));
    }
}
