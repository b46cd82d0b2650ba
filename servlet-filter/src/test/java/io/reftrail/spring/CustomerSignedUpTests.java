package io.reftrail.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.VisitTracking;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.spring.SignUpApplication.Store;
import io.reftrail.spring.TrackedAccounts.End;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.context.request.RequestContextHolder;

/** Sign-ups that the application publishes itself. */
class CustomerSignedUpTests {

    private static final Attribution KEPT = new Attribution("introw", "aff_2", null);

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Listening {

        @Bean
        CustomerSignedUpListener signUps(Reftrail reftrail) {
            return new CustomerSignedUpListener(reftrail);
        }
    }

    /** Has listeners run on other threads, as far as they let it. */
    @Configuration(proxyBeanMethods = false)
    static class ListeningElsewhere extends Listening {

        @Bean
        ApplicationEventMulticaster applicationEventMulticaster() {
            SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
            Executor refusing = task -> {
                throw new AssertionError("on another thread");
            };
            multicaster.setTaskExecutor(refusing);
            return multicaster;
        }
    }

    static class Accounts {

        private final ApplicationEventPublisher events;

        Accounts(ApplicationEventPublisher events) {
            this.events = events;
        }

        @Transactional
        public void open(CustomerSignedUp signUp, End end) {
            events.publishEvent(signUp);
            end.come();
        }
    }

    private static CustomerSignedUp signUp(String name) {
        return CustomerSignedUp.of(Customer.of(name).withEmail(name + "@example.org"));
    }

    @AutoClose
    private final LogLines log = new LogLines();

    private static SignUpApplication application(Store store) {
        return new SignUpApplication(store, Accounts.class, Listening.class);
    }

    @ParameterizedTest
    @CsvSource({"DATABASE, ENQUEUED inside", "MEMORY, AFTER_COMMIT inside"})
    void isCommittedWithTheSignUp(Store store, String taken) {
        try (SignUpApplication application = application(store)) {
            application.bean(Accounts.class).open(signUp("mia"), End.COMMIT);

            assertThat(application.heard).startsWith(taken);
            assertThat(application.hasExpiredTheCookie()).isTrue();
            assertThat(application.reported()).containsExactly("mia");
        }
    }

    @ParameterizedTest
    @EnumSource
    void isRolledBackWithTheSignUp(Store store) {
        try (SignUpApplication application = application(store)) {
            application.bean(Accounts.class).open(signUp("mia"), End.ROLLBACK_ONLY);
            application.bean(Accounts.class).open(signUp("kim").from(KEPT), End.ROLLBACK_ONLY);

            assertThat(application.heard).hasSize(2);
            assertThat(application.hasExpiredTheCookie()).isFalse();
            assertThat(application.reported()).isEmpty();
        }
    }

    @Test
    void isHeardOnThePublishersThreadWhateverTheMulticasterDoes() {
        try (SignUpApplication application =
                new SignUpApplication(Store.MEMORY, Accounts.class, ListeningElsewhere.class)) {
            application.context.publishEvent(signUp("mia"));

            assertThat(application.reported()).containsExactly("mia");
        }
    }

    @Test
    void withoutARequestTheClicksThatTheApplicationKeptAreUsed() {
        try (SignUpApplication application = application(Store.MEMORY)) {
            RequestContextHolder.resetRequestAttributes();
            application.context.publishEvent(signUp("mia").from(KEPT));

            assertThat(application.reported()).containsExactly("mia");
            assertThat(application.backend.bodies()).singleElement().asString().contains("aff_2");
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void withoutARequestAndWithoutAClickNobodyIsReportedAndTheLogSaysOnceWhatToDo() {
        try (SignUpApplication application = application(Store.MEMORY)) {
            RequestContextHolder.resetRequestAttributes();
            application.context.publishEvent(signUp("mia"));
            application.context.publishEvent(signUp("kim"));

            assertThat(application.heard).isEmpty();
            assertThat(application.reasons()).containsExactly("no-request", "no-request");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("WARN", "event.from(reftrail.attributions(exchange))")
                    .doesNotContain("mia");
        }
    }

    @Test
    void whoeverComesAloneIsNoLead() {
        try (SignUpApplication application = application(Store.MEMORY)) {
            application.serve("sid=1");
            application.context.publishEvent(signUp("mia").from(List.of()));

            assertThat(application.heard).isEmpty();
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aRequestThatCannotBeReadNeverFailsThePublisher() {
        try (SignUpApplication application = application(Store.MEMORY)) {
            VisitTracking.Scope served = application.reftrail.visits().serve(new BrokenExchange());
            application.context.publishEvent(signUp("mia"));
            served.close();

            assertThat(application.heard).isEmpty();
            assertThat(application.reasons()).isNotEmpty();
            assertThat(log.lines()).singleElement().asString().doesNotContain("mia");
        }
    }

    @Test
    void theEventTellsNothingOfThePerson() {
        CustomerSignedUp signUp = signUp("mia").with("plan", "for mia").from(KEPT);

        assertThat(signUp.toString()).contains("plan", "introw").doesNotContain("mia", "aff_2");
        assertThat(signUp.metadata()).isEqualTo(Map.of("plan", "for mia"));
        assertThat(signUp.lead().metadata()).isEqualTo(signUp.metadata());
        assertThat(signUp.attributions()).containsExactly(KEPT);
    }
}
