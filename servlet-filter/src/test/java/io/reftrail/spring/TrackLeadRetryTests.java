package io.reftrail.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.spring.SignUpApplication.Store;
import io.reftrail.spring.TrackLeadTransactionTests.ClassProxies;
import io.reftrail.spring.TrackedAccounts.End;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.annotation.Transactional;

/** A sign-up that is tried again, each time in a transaction of its own, has one lead or none. */
class TrackLeadRetryTests {

    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods
    static class Repeating extends ClassProxies {}

    static class Accounts {

        private final Queue<End> ends = new ArrayDeque<>();

        Accounts ends(End end) {
            ends.add(end);
            return this;
        }

        @Retryable(maxRetries = 2, delay = 1)
        @Transactional
        @TrackLead(customerId = "#name", email = "#name + '@example.org'")
        void open(String name) {
            ends.remove().come();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAttemptThatIsRolledBackLeavesNoneAndTheNextOneLeavesOne(Store store) {
        try (SignUpApplication application = new SignUpApplication(store, Accounts.class, Repeating.class)) {
            Accounts accounts = application.bean(Accounts.class);
            target(accounts).ends(End.COMMIT_FAILS).ends(End.THROWS).ends(End.COMMIT);
            accounts.open("mia");

            assertThat(application.heard)
                    .filteredOn(status -> status.endsWith(" inside"))
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(application.hasExpiredTheCookie()).isTrue();
            assertThat(application.reported()).containsExactly("mia");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereEachAttemptIsRolledBackThereIsNone(Store store) {
        try (SignUpApplication application = new SignUpApplication(store, Accounts.class, Repeating.class)) {
            Accounts accounts = application.bean(Accounts.class);
            target(accounts).ends(End.COMMIT_FAILS).ends(End.COMMIT_FAILS).ends(End.COMMIT_FAILS);
            assertThatThrownBy(() -> accounts.open("mia")).hasMessage("a constraint is violated");

            assertThat(application.heard).hasSize(3);
            assertThat(application.hasExpiredTheCookie()).isFalse();
            assertThat(application.reported()).isEmpty();
        }
    }

    private static Accounts target(Accounts proxy) {
        return (Accounts) Objects.requireNonNull(AopProxyUtils.getSingletonTarget(proxy));
    }
}
