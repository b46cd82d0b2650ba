package io.reftrail.servlet;

import io.reftrail.model.Customer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says which customer has signed in, for a {@link SignInFilter}. Called once for each sign-in, on the request's thread, by
 * many threads at the same time. If it throws, the request goes on, and the visitor's cookie stays for the next try.
 */
@FunctionalInterface
public interface PrincipalCustomerResolver {

    /** Takes the principal's name for the customer's id, and for the e-mail address as well where it looks like one. */
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
     * Returns the customer, under the id by which sales will be reported, or {@code null} if whoever has signed in is none: a
     * colleague, a machine. Must not read the request's body or parameters.
     *
     * @param request has a {@linkplain HttpServletRequest#getUserPrincipal() principal}
     */
    @Nullable
    Customer resolve(HttpServletRequest request);
}
