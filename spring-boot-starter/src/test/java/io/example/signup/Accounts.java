package io.example.signup;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The shop's accounts, in a table. */
@Repository
class Accounts {

    private final JdbcTemplate jdbc;

    Accounts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        jdbc.execute("create table account (id bigint auto_increment primary key, email varchar, plan varchar)");
    }

    Account insert(SignUpForm form) {
        jdbc.update("insert into account (email, plan) values (?, ?)", form.email(), form.plan());
        Long id = jdbc.queryForObject("select max(id) from account where email = ?", Long.class, form.email());
        return new Account(id == null ? 0 : id, form.email(), form.plan());
    }

    List<String> emails() {
        return jdbc.queryForList("select email from account order by id", String.class);
    }
}
