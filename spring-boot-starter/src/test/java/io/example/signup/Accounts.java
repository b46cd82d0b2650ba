package io.example.signup;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The accounts of the example. */
@Repository
class Accounts {

    private final JdbcClient jdbc;

    Accounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Account insert(String email) {
        String id = "account-" + email.substring(0, email.indexOf('@'));
        jdbc.sql("INSERT INTO account (id, email) VALUES (?, ?)")
                .params(id, email)
                .update();
        return new Account(id, email);
    }
}
