package io.reftrail.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.VisitTracking;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.model.Customer;
import io.reftrail.servlet.ServletCookieExchange;
import io.reftrail.spring.SignUpApplication.Store;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;

/** What a call of an annotated method does, and what its caller notices of it: nothing. */
class TrackLeadCallTests {

    static class Accounts {

        final AtomicInteger asked = new AtomicInteger();

        public String id(String name) {
            asked.incrementAndGet();
            return name;
        }

        @TrackLead(customerId = "@accounts.id(#name)", email = "#name + '@example.org'")
        public String open(String name) {
            return "welcome " + name;
        }

        @TrackLead(customerId = "#name.surname", email = "#name")
        public String openWithoutId(String name) {
            return "welcome " + name;
        }

        @TrackLead(customerId = "#name")
        public CompletionStage<Void> openLater(String name, CompletableFuture<Void> account) {
            return account;
        }

        @TrackLead(customerId = "#result", email = "#result + '@example.org'")
        public CompletionStage<String> openLater(CompletableFuture<String> account) {
            return account;
        }
    }

    @AutoClose
    private final LogLines log = new LogLines();

    @AutoClose
    private final SignUpApplication application =
            new SignUpApplication(Store.MEMORY, Accounts.class, TrackingConfiguration.class);

    private final Accounts accounts = application.bean(Accounts.class);

    @Test
    void theCustomerIsReportedAndTheCookieGoes() {
        assertThat(accounts.open("mia")).isEqualTo("welcome mia");

        assertThat(application.hasExpiredTheCookie()).isTrue();
        assertThat(application.reported()).containsExactly("mia");
    }

    @Test
    void whereThereIsNoClickNothingIsEvaluated() {
        application.serve("sid=1");
        assertThat(accounts.openWithoutId("mia")).isEqualTo("welcome mia");
        assertThat(application.reasons()).containsExactly("no-click");

        assertThat(application.response.getHeaderNames()).isEmpty();
        assertThat(application.heard).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aCallThatSignsNobodyUpIsCounted() {
        accounts.open("");

        assertThat(application.heard).isEmpty();
        assertThat(application.reasons()).containsExactly("no-customer");
    }

    @Test
    void aClickThatWasReportedInThisRequestIsNotReportedAgain() {
        MockHttpServletRequest request = application.serve("_introw_aff=aff_1");
        application.reftrail.lead(new ServletCookieExchange(request, application.response), Customer.of("mia"));
        accounts.open("kim");

        assertThat(application.heard).containsExactly("ENQUEUED outside");
    }

    @Test
    void anExpressionThatFailsNeverFailsTheMethodAndTheLogNamesNobody() {
        assertThat(accounts.openWithoutId("mia@example.org")).isEqualTo("welcome mia@example.org");

        assertThat(application.reasons()).containsExactly("refused");
        assertThat(application.heard).isEmpty();
        assertThat(application.hasExpiredTheCookie()).isFalse();
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("customerId = \"#name.surname\"")
                .doesNotContain("mia");
    }

    @Test
    void withoutARequestTheMethodGoesOnAndTheLogSaysSoOnce() {
        RequestContextHolder.resetRequestAttributes();

        assertThat(accounts.open("mia")).isEqualTo("welcome mia");
        assertThat(accounts.open("kim")).isEqualTo("welcome kim");
        assertThat(application.heard).isEmpty();
        assertThat(application.reasons()).containsExactly("no-request", "no-request");
        assertThat(log.lines()).singleElement().asString().contains("@Async", "annotate its caller");
    }

    @Test
    void whateverReftrailDoesTheMethodGoesOn() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.registerBean("accounts", Accounts.class);
            context.registerBean(
                    "trackLead",
                    TrackLeadPostProcessor.class,
                    () -> new TrackLeadPostProcessor(() -> {
                        throw new IllegalStateException("mia");
                    }));
            context.refresh();

            assertThat(context.getBean(Accounts.class).open("mia")).isEqualTo("welcome mia");
        }
        assertThat(log.lines()).singleElement().asString().doesNotContain("mia");
    }

    @Test
    void whatIsDoneLaterIsReportedWhenItIsDoneWithTheClickOfTheCall() throws Exception {
        CompletableFuture<String> account = new CompletableFuture<>();
        assertThat(accounts.openLater(account)).isSameAs(account);
        assertThat(application.heard).isEmpty();

        RequestContextHolder.resetRequestAttributes();
        Thread other = new Thread(() -> account.complete("mia"));
        other.start();
        other.join();

        assertThat(application.hasExpiredTheCookie()).isFalse();
        assertThat(application.reported()).containsExactly("mia");
    }

    @Test
    void whatFailsLaterIsNotReported() {
        CompletableFuture<Void> account = new CompletableFuture<>();
        CompletionStage<Void> returned = accounts.openLater("mia", account);
        account.completeExceptionally(new IllegalStateException("the name is taken"));

        assertThatThrownBy(() -> returned.toCompletableFuture().join()).hasRootCauseMessage("the name is taken");
        assertThat(application.heard).isEmpty();
        assertThat(application.reasons()).containsExactly("no-customer");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void anExchangeOfAnyFrameworkThatIsServedWillDo() {
        RequestContextHolder.resetRequestAttributes();
        HeaderExchange exchange = HeaderExchange.of("_introw_aff=aff_1", true);
        VisitTracking.Scope served = application.reftrail.visits().serve(exchange);
        accounts.open("mia");
        served.close();

        assertThat(exchange.setCookies()).hasSize(2);
        assertThat(application.heard).containsExactly("ENQUEUED outside");
    }
}
