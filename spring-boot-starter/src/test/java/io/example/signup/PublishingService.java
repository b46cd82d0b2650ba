package io.example.signup;

import io.reftrail.model.Customer;
import io.reftrail.spring.CustomerSignedUp;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Opens accounts and publishes an event for all listeners, Reftrail among them. */
@Service
class PublishingService {

    private final Accounts accounts;
    private final ApplicationEventPublisher events;

    PublishingService(Accounts accounts, ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.events = events;
    }

    @Transactional
    public Account open(SignUpForm form) {
        Account account = accounts.insert(form);
        Customer customer = Customer.of(String.valueOf(account.id())).withEmail(account.email());
        events.publishEvent(CustomerSignedUp.of(customer).with("plan", account.plan()));
        return account;
    }
}
