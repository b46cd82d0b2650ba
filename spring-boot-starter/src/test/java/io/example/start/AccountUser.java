package io.example.start;

import java.time.Instant;
import java.util.Set;
import org.springframework.security.core.userdetails.User;

/** Who signs in at the shop: an account with an id, an address and an age. */
final class AccountUser extends User {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String email;
    private final Instant createdAt;

    AccountUser(String id, String email, Instant createdAt) {
        super(email, "{noop}secret", Set.of());
        this.id = id;
        this.email = email;
        this.createdAt = createdAt;
    }

    String id() {
        return id;
    }

    String email() {
        return email;
    }

    Instant createdAt() {
        return createdAt;
    }
}
