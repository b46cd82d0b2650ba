package io.reftrail.samples.servlet;

import io.reftrail.samples.servlet.Accounts.Account;
import io.reftrail.servlet.ServletReftrail;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Opens an account, reports its owner in one line, and signs the owner in. */
public final class SignUpServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String FORM = """
            <h1>Sign up</h1>
            <form method="post"><label>E-mail <input name="email" type="email" required></label>
            <label>Password <input name="password" type="password" required></label>
            <button>Sign up</button></form>
            """;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PageServlet.write(response, FORM);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String email = request.getParameter("email");
        String password = request.getParameter("password");
        boolean complete = email != null && !email.isBlank() && password != null && !password.isEmpty();
        Account account = complete ? Accounts.of(getServletContext()).open(email, password) : null;
        if (account == null) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, "Give a password, and an address without account");
            return;
        }
        ServletReftrail.lead(request, response, Customers.customer(account));
        request.logout();
        request.getSession();
        request.login(email, password);
        response.sendRedirect("account");
    }
}
