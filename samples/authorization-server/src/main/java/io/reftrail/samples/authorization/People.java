package io.reftrail.samples.authorization;

import java.util.List;
import java.util.Optional;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/** Everybody who has an account here. Immutable. */
@Component
class People implements UserDetailsService {

    /** Everybody's. */
    static final String PASSWORD = "password";

    private static final List<Person> ALL = List.of(
            new Person("kim", "Kim Sorensen", "kim@example.org", true),
            new Person("sam", "Sam Okoro", "sam@example.org", true),
            new Person("ada", "Ada", "ada@example.org", true),
            new Person("mallory", "Mallory", "ada@example.org", false));

    List<Person> all() {
        return ALL;
    }

    Optional<Person> find(String username) {
        return ALL.stream().filter(person -> person.username().equals(username)).findFirst();
    }

    @Override
    public UserDetails loadUserByUsername(String username) {
        return find(username)
                .map(person -> User.withUsername(person.username())
                        .password("{noop}" + PASSWORD)
                        .build())
                .orElseThrow(() -> new UsernameNotFoundException("nobody of that name"));
    }

    /**
     * Somebody with an account here.
     *
     * @param username what they sign in with, and who they are to the shop
     * @param name their name
     * @param email the address they have given
     * @param verified whether they have shown that the address is theirs
     */
    record Person(String username, String name, String email, boolean verified) {

        /** Tells nothing of the person. */
        @Override
        public String toString() {
            return "Person[verified=" + verified + "]";
        }
    }
}
