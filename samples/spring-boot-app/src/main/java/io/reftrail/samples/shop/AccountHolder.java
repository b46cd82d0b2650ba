package io.reftrail.samples.shop;

import java.util.List;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** A signed-in customer, by whatever route: what every principal of this shop is. */
interface AccountHolder {

    Account account();

    /** A customer who has signed in with a password, by a link, or is remembered. The user name is the account's id. */
    static class AccountUser extends User implements AccountHolder {

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

    /** A customer who has signed in at an identity provider. The name is the account's id, as with the other routes. */
    static class AccountOidcUser extends DefaultOidcUser implements AccountHolder {

        private static final long serialVersionUID = 1L;

        private final Account account;

        AccountOidcUser(OidcUser user, Account account) {
            super(user.getAuthorities(), user.getIdToken(), user.getUserInfo());
            this.account = account;
        }

        @Override
        public Account account() {
            return account;
        }

        @Override
        public String getName() {
            return account.id();
        }
    }
}
