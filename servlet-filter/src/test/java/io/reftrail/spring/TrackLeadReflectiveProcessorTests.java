package io.reftrail.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;

/** What an expression reads is there in a native image too. */
class TrackLeadReflectiveProcessorTests {

    record Address(String email) {}

    record Form(Address address) {}

    record Account(long id) {}

    record Unread(String name) {}

    static class Accounts {

        @TrackLead(customerId = "#result.id", email = "#form.address.email")
        public Optional<Account> open(Form form, int seats) {
            return Optional.of(new Account(seats));
        }

        public List<Unread> list(Unread unread) {
            return List.of(unread);
        }
    }

    private final RuntimeHints hints = new RuntimeHints();

    @Test
    void whatATrackedMethodTakesAndReturnsCanBeRead() {
        new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Accounts.class);

        assertThat(reflection().onType(Form.class).withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
                .accepts(hints);
        assertThat(reflection().onType(Optional.class).withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
                .accepts(hints);
        assertThat(reflection().onType(Account.class)).accepts(hints);
        assertThat(reflection().onType(Address.class)).accepts(hints);
        assertThat(reflection().onType(Unread.class)).rejects(hints);
    }
}
