package io.reftrail.samples.shop;

import java.util.List;
import org.springframework.security.core.userdetails.User;

/** A signed-in customer. */
class AccountUser extends User {

    private static final long serialVersionUID = 1L;

    private final Account account;

    AccountUser(Account account) {
        super(account.email(), account.password(), List.of());
        this.account = account;
    }

    Account account() {
        return account;
    }
}
