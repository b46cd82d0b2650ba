package io.example.start;

import io.reftrail.Reftrail;
import io.reftrail.model.Customer;
import org.springframework.stereotype.Component;

/** What is done once, on the day that Reftrail is installed. */
@Component
class Installation {

    private final Reftrail reftrail;
    private final Accounts accounts;

    Installation(Reftrail reftrail, Accounts accounts) {
        this.reftrail = reftrail;
        this.accounts = accounts;
    }

    long tellWhoIsThere() {
        return reftrail.seed(accounts.all().map(account -> Customer.of(account.id())));
    }
}
