package io.reftrail.samples.servlet;

import jakarta.servlet.ServletContext;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.RealmBase;
import org.apache.catalina.realm.SecretKeyCredentialHandler;
import org.jspecify.annotations.Nullable;

/** All accounts, in memory, where Tomcat looks for them when somebody signs in. */
final class Accounts extends RealmBase {

    private final Map<String, Account> byEmail = new ConcurrentHashMap<>();

    Accounts() throws NoSuchAlgorithmException {
        setCredentialHandler(new SecretKeyCredentialHandler());
    }

    static Accounts of(ServletContext context) {
        return (Accounts) context.getAttribute(Accounts.class.getName());
    }

    /** Returns the account, or {@code null} if the address has one already. */
    @Nullable
    Account open(String email, String password) {
        String secret = getCredentialHandler().mutate(password);
        Account account = new Account(UUID.randomUUID().toString(), email, secret, Instant.now());
        return byEmail.putIfAbsent(email, account) == null ? account : null;
    }

    @Override
    protected @Nullable String getPassword(String email) {
        Account account = byEmail.get(email);
        return account == null ? null : account.secret();
    }

    @Override
    protected @Nullable Principal getPrincipal(String email) {
        Account account = byEmail.get(email);
        return account == null ? null : new GenericPrincipal(email, List.of("customer"), account);
    }

    /**
     * A customer's account, and who the customer is to the container.
     *
     * @param id what sales are reported under; an address may change
     * @param email the name to sign in with
     * @param secret what is kept of the password
     * @param createdAt when the account was opened
     */
    record Account(String id, String email, String secret, Instant createdAt) implements Principal {

        @Override
        public String getName() {
            return email;
        }

        @Override
        public String toString() {
            return "Account " + id;
        }
    }
}
