package io.reftrail.servlet;

import io.reftrail.model.Customer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of a principal to a customer, for a {@link SignInFilter}. It is called once for each sign-in, on the request's
 * thread, and must be thread-safe. If it throws, the request continues, and the visitor's cookie stays for the next sign-in.
 */
@FunctionalInterface
public interface PrincipalCustomerResolver {

    /** Uses the principal's name as the customer's id, and as the e-mail address if it looks like one. */
    PrincipalCustomerResolver BY_NAME = new PrincipalCustomerResolver() {

        private final Pattern email = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

        @Override
        public @Nullable Customer resolve(HttpServletRequest request) {
            String name = request.getUserPrincipal() == null
                    ? null
                    : request.getUserPrincipal().getName();
            if (name == null || name.isBlank()) {
                return null;
            }
            return Customer.of(name).withEmail(email.matcher(name).matches() ? name : null);
        }
    };

    /**
     * Returns the customer, with the id under which sales are reported, or {@code null} if the user is not a customer, for
     * example an employee or a machine. Must not read the request's body or parameters.
     *
     * @param request has a {@linkplain HttpServletRequest#getUserPrincipal() principal}
     */
    @Nullable
    Customer resolve(HttpServletRequest request);
}
