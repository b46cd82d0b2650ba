package io.reftrail.samples.shop;

import java.util.List;
import org.springframework.security.core.userdetails.User;

/** A customer who has signed in with a password, by a link, or is remembered. The user name is the account's id. */
class AccountUser extends User implements AccountHolder {

    private static final long serialVersionUID = 1L;

    private final Account account;

    AccountUser(Account account) {
        super(account.id(), account.password(), List.of());
        this.account = account;
    }

    @Override
    public Account account() {
        return account;
    }
}
