package io.reftrail.samples.shop;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The shop's customers. */
@Repository
class Accounts {

    private final JdbcClient jdbc;
    private final PasswordEncoder passwordEncoder;

    Accounts(JdbcClient jdbc, PasswordEncoder passwordEncoder) {
        this.jdbc = jdbc;
        this.passwordEncoder = passwordEncoder;
    }

    /** Opens an account; fails with a DuplicateKeyException if somebody has this address already. */
    @Transactional
    void create(String email, String name, String password) {
        jdbc.sql("INSERT INTO account (id, email, name, password, created_at) VALUES (?, ?, ?, ?, ?)")
                .params(
                        UUID.randomUUID().toString(),
                        email,
                        name,
                        passwordEncoder.encode(password),
                        OffsetDateTime.now(ZoneOffset.UTC))
                .update();
    }

    Optional<Account> findByEmail(String email) {
        return jdbc.sql("SELECT id, email, name, password, created_at FROM account WHERE email = ?")
                .param(email)
                .query(Accounts::account)
                .optional();
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
