package io.reftrail.samples.shop;

import io.reftrail.samples.shop.KeyringConfiguration.Identity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The shop's customers. */
@Repository
class Accounts {

    private static final String SELECT = "SELECT id, email, name, password, created_at FROM account ";

    /** What the table has room for; providers do not ask. */
    private static final int LONGEST_NAME = 100;

    private final JdbcClient jdbc;
    private final PasswordEncoder passwordEncoder;

    Accounts(JdbcClient jdbc, PasswordEncoder passwordEncoder) {
        this.jdbc = jdbc;
        this.passwordEncoder = passwordEncoder;
    }

    /**
     * Opens the account of somebody who has filled in the sign-up form; nothing shows that the address is theirs.
     *
     * @throws org.springframework.dao.DuplicateKeyException if there is an account with this address already
     */
    @Transactional
    void create(EmailAddress email, String name, String password) {
        insert(email, false, name, passwordEncoder.encode(password));
    }

    /**
     * Opens an account without a password.
     *
     * @param proven an address that is known to be the customer's, or {@code null}
     * @throws org.springframework.dao.DuplicateKeyException if there is an account with this address already
     */
    Account open(@Nullable EmailAddress proven, String name) {
        String id = insert(proven, proven != null, name, null);
        return findById(id).orElseThrow();
    }

    private String insert(@Nullable EmailAddress email, boolean proven, String name, @Nullable String password) {
        String id = UUID.randomUUID().toString();
        jdbc.sql("INSERT INTO account (id, email, email_proven, name, password, created_at) VALUES (?, ?, ?, ?, ?, ?)")
                .param(id)
                .param(email == null ? null : email.value())
                .param(proven)
                .param(name.substring(0, Math.min(name.length(), LONGEST_NAME)))
                .param(password)
                .param(OffsetDateTime.now(ZoneOffset.UTC))
                .update();
        return id;
    }

    Optional<Account> findById(String id) {
        return jdbc.sql(SELECT + "WHERE id = ?")
                .param(id)
                .query(Accounts::account)
                .optional();
    }

    Optional<Account> findByEmail(EmailAddress email) {
        return jdbc.sql(SELECT + "WHERE email = ?")
                .param(email.value())
                .query(Accounts::account)
                .optional();
    }

    Optional<Account> findByIdentity(Identity identity) {
        return jdbc.sql(SELECT + "WHERE id = (SELECT account FROM identity WHERE issuer = ? AND subject = ?)")
                .params(identity.issuer(), identity.subject())
                .query(Accounts::account)
                .optional();
    }

    /** Lets somebody into an account from now on. */
    void link(Identity identity, String accountId) {
        jdbc.sql("INSERT INTO identity (issuer, subject, account) VALUES (?, ?, ?)")
                .params(identity.issuer(), identity.subject(), accountId)
                .update();
    }

    /**
     * Records that the address of an account is proven. The person who opened the account by the form may have been another one,
     * so an earlier password becomes void.
     *
     * @return whether that was new
     */
    boolean prove(String accountId) {
        return jdbc.sql("UPDATE account SET email_proven = TRUE, password = NULL WHERE id = ? AND NOT email_proven")
                        .param(accountId)
                        .update()
                == 1;
    }

    /** Removes an account and what hangs on it. */
    @Transactional
    void delete(String accountId) {
        jdbc.sql("DELETE FROM identity WHERE account = ?").param(accountId).update();
        jdbc.sql("DELETE FROM persistent_logins WHERE username = ?")
                .param(accountId)
                .update();
        jdbc.sql("DELETE FROM purchase WHERE customer = ?").param(accountId).update();
        jdbc.sql("DELETE FROM credit WHERE customer = ?").param(accountId).update();
        jdbc.sql("DELETE FROM account WHERE id = ?").param(accountId).update();
    }

    /** Whether an account still has the password it had when somebody signed in to it. */
    boolean isCurrent(Account account) {
        return findById(account.id())
                .filter(now -> Objects.equals(now.password(), account.password()))
                .isPresent();
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        Instant createdAt = row.getObject("created_at", OffsetDateTime.class).toInstant();
        return new Account(
                row.getString("id"),
                row.getString("email"),
                row.getString("name"),
                row.getString("password"),
                createdAt);
    }
}
