package io.example.start;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/** The shop's accounts: Ada has been there for years. */
@Component
class Accounts implements UserDetailsService {

    private final Map<String, AccountUser> byEmail = new ConcurrentHashMap<>();

    Accounts() {
        open("1", "ada@example.org", Instant.parse("2024-03-01T00:00:00Z"));
    }

    void open(String id, String email, Instant createdAt) {
        byEmail.put(email, new AccountUser(id, email, createdAt));
    }

    Stream<AccountUser> all() {
        return List.copyOf(byEmail.values()).stream();
    }

    /** A copy each time, because Spring Security erases what it has used. */
    @Override
    public UserDetails loadUserByUsername(String email) {
        AccountUser user = byEmail.get(email);
        if (user == null) {
            throw new UsernameNotFoundException("no such account");
        }
        return new AccountUser(user.id(), user.email(), user.createdAt());
    }
}
