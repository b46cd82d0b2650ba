package io.example.signup;

import io.reftrail.LeadRequest;
import io.reftrail.Reftrail;
import io.reftrail.model.Customer;
import io.reftrail.servlet.ServletCookieExchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reports its customers by a plain call. */
@RestController
class CallingController {

    private final Accounts accounts;
    private final Reftrail reftrail;

    CallingController(Accounts accounts, Reftrail reftrail) {
        this.accounts = accounts;
        this.reftrail = reftrail;
    }

    @PostMapping("/call")
    @Transactional
    public Account signUp(SignUpForm form, HttpServletRequest request, HttpServletResponse response) {
        Account account = accounts.insert(form);
        Customer customer = Customer.of(String.valueOf(account.id())).withEmail(account.email());
        reftrail.lead(
                new ServletCookieExchange(request, response),
                LeadRequest.of(customer).with("plan", account.plan()));
        return account;
    }
}
