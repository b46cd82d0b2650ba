package io.reftrail.servlet;

import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The sign-up pages of a probe application: each answers with the lead's status, or with the request's clicks. */
final class SignUp {

    private SignUp() {}

    /**
     * Adds {@code /signup}, {@code /late}, which reports the customer when its response is on its way, {@code /signin} and
     * {@code /clicks}.
     */
    static WebApp addTo(WebApp app) {
        return app.page("/signup", SignUp::report)
                .page("/late", (request, response) -> {
                    response.getWriter().print("late ");
                    response.flushBuffer();
                    report(request, response);
                })
                .page("/signin", (request, response) -> {
                    Customer customer = Customer.of(request.getParameter("customer"));
                    response.getWriter().print(ServletReftrail.signIn(request, response, customer));
                })
                .page("/clicks", (request, response) -> response.getWriter()
                        .print(ServletReftrail.attributions(request).stream()
                                .map(Attribution::requireClickId)
                                .toList()));
    }

    static void report(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = request.getParameter("customer");
        Customer customer = Customer.of(id).withEmail(id + "@example.com");
        response.getWriter().print(ServletReftrail.lead(request, response, customer));
    }
}
