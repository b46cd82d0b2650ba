package io.reftrail.samples.shop;

import io.reftrail.samples.shop.KeyringConfiguration.Identity;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Says whose account it is that somebody signs in to without a password, and opens one for who is new. The same address
 * by two routes is the same account if it was proven: by a link that was sent there, or by the word of a provider.
 */
@Service
class AccountLinks {

    private final Accounts accounts;
    private final PersistentTokenRepository rememberedDevices;
    private final TransactionTemplate transactions;

    AccountLinks(Accounts accounts, PersistentTokenRepository rememberedDevices, TransactionTemplate transactions) {
        this.accounts = accounts;
        this.rememberedDevices = rememberedDevices;
        this.transactions = transactions;
    }

    /** The account of somebody who reads the mail that is sent to an address. */
    Account of(EmailAddress proven) {
        return oneOrTheOther(() -> withEmail(proven, proven.beforeTheAt()));
    }

    /** Returns the account of a user of an identity provider. */
    Account of(Identity identity) {
        return oneOrTheOther(() -> accounts.findByIdentity(identity).orElseGet(() -> {
            EmailAddress email = identity.email();
            Account account = email == null ? accounts.open(null, identity.name()) : withEmail(email, identity.name());
            accounts.link(identity, account.id());
            return account;
        }));
    }

    private Account withEmail(EmailAddress proven, String name) {
        Account account = accounts.findByEmail(proven).orElseGet(() -> accounts.open(proven, name));
        if (accounts.prove(account.id())) {
            rememberedDevices.removeUserTokens(account.id());
            return accounts.findById(account.id()).orElseThrow();
        }
        return account;
    }

    /** Who signs in twice at once has opened one account when both are through. */
    private Account oneOrTheOther(Supplier<Account> findOrOpen) {
        try {
            return Objects.requireNonNull(transactions.execute(status -> findOrOpen.get()));
        } catch (DuplicateKeyException theOtherWasQuicker) {
            return Objects.requireNonNull(transactions.execute(status -> findOrOpen.get()));
        }
    }
}
