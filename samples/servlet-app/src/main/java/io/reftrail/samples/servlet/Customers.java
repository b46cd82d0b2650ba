package io.reftrail.samples.servlet;

import io.reftrail.model.Customer;
import io.reftrail.samples.servlet.Accounts.Account;
import io.reftrail.servlet.PrincipalCustomerResolver;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Tells Reftrail which customer has signed in, and how old the account is: old customers are nobody's leads. */
public final class Customers implements PrincipalCustomerResolver {

    @Override
    public @Nullable Customer resolve(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof Account account ? customer(account) : null;
    }

    static Customer customer(Account account) {
        return Customer.of(account.id()).withEmail(account.email()).withCreatedAt(account.createdAt());
    }
}
