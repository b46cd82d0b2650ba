package io.example.signup;

import io.reftrail.model.Customer;
import io.reftrail.spring.CustomerSignedUp;
import io.reftrail.spring.TrackLead;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Two ways to say that somebody has signed up; an application needs one. */
@Service
class AccountService {

    private final Accounts accounts;
    private final ApplicationEventPublisher events;

    AccountService(Accounts accounts, ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.events = events;
    }

    @Transactional
    @TrackLead(customerId = "#result.id", email = "#form.email", metadata = "{plan: #form.plan}")
    public Account open(SignUpForm form) {
        return accounts.insert(form.email());
    }

    @Transactional
    public Account openAndTell(SignUpForm form) {
        Account account = accounts.insert(form.email());
        Customer customer = Customer.of(account.id()).withEmail(form.email());
        events.publishEvent(CustomerSignedUp.of(customer).with("plan", form.plan()));
        return account;
    }
}
