package io.reftrail.samples.shop;

import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** A customer who has signed in at an identity provider. The name is the account's id, as with the other routes. */
class AccountOidcUser extends DefaultOidcUser implements AccountHolder {

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
