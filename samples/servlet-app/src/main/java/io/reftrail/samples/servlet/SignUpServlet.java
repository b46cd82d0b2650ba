package io.reftrail.samples.servlet;

import io.reftrail.model.Customer;
import io.reftrail.servlet.ServletReftrail;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Opens an account and reports its owner in one line. Where the accounts are kept does not matter here. */
public final class SignUpServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String FORM = """
            <h1>Sign up</h1>
            <form method="post"><label>E-mail <input name="email" type="email" required></label>
            <button>Sign up</button></form>
            """;

    private final transient Map<String, String> accountIds = new ConcurrentHashMap<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PageServlet.write(response, FORM);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String email = request.getParameter("email");
        String id = UUID.randomUUID().toString();
        if (email == null || email.isBlank() || accountIds.putIfAbsent(email, id) != null) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, "Give an address that has no account yet");
            return;
        }
        ServletReftrail.lead(request, response, Customer.of(id).withEmail(email));
        response.sendRedirect("welcome");
    }
}
