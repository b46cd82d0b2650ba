package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.model.Customer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each init-param of leads at work, against a backend on loopback. */
abstract class InitLeadContract extends ServedContract {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final StubBackend backend = new StubBackend();
    private String email = "kim@example.com";
    private final Surfer visitor = new Surfer(this::port);

    private void signIn(String parameter, String value) {
        serve(SigningInContract.pages(new WebApp(new ReferralCaptureFilter())
                        .initParameter("refport.api-key", "key")
                        .initParameter("refport.base-url", backend.url())
                        .initParameter("lead.unknown-age", "report")
                        .initParameter(parameter, value)
                        .behind(new SignInFilter(request -> Customer.of("kim")
                                .withEmail(email)
                                .withName("Kim")
                                .withAvatar("https://a.example/k"))))
                .page("/in-and-out", (request, response) -> {
                    SigningInContract.in(request, response);
                    request.logout();
                })
                .secured(Security.OWN));
        visitor.visit("/?refp_id=one");
        visitor.visit("/in-and-out?name=kim");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "email        | true  | false",
                "name         | false | true",
                "Email, name  | true  | true",
                "none         | false | false",
                "''           | true  | false"
            })
    void tellsWhatIsToBeIncluded(String include, boolean email, boolean name) {
        signIn("lead.include", include);

        await().atMost(SOON).until(() -> backend.calls().size() == 1);
        assertThat(backend.calls().get(0).body().contains("kim@example.com")).isEqualTo(email);
        assertThat(backend.calls().get(0).body().contains("\"Kim\"")).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"2000-01-01T00:00:00Z, true", "2999-01-01T00:00:00Z, false"})
    void takesNobodyForNewBeforeTheCutOff(String cutOff, boolean lead) {
        signIn("lead.cut-off", cutOff);

        assertThat(visitor.clicks().isEmpty()).isEqualTo(lead);
    }

    /** On the day of the installation nobody is known, and an existing customer looks like a new one. */
    @Test
    void holdsCustomersOfUnknownAgeUntilTheApplicationHasSaidHowOldItsCustomersAre() {
        signIn("lead.unknown-age", "");

        assertThat(visitor.clicks()).isNotEmpty();
        assertThat(backend.calls()).isEmpty();
    }

    @Test
    void declinesADisposableAddress() {
        email = "kim@mailinator.com";
        signIn("lead.disposable-mail", "decline");

        assertThat(visitor.clicks()).isEmpty();
        assertThat(backend.calls()).isEmpty();
    }

    @Test
    void acceptsFewFromOneNetwork() {
        signIn("lead.same-network", "hold");

        await().atMost(SOON).until(() -> backend.calls().size() == 1);
    }

    @Test
    void reportsEachSignInWhereEachCounts() {
        signIn("lead.trigger", "every-sign-in");
        visitor.visit("/?refp_id=two");
        visitor.visit("/in-and-out?name=kim");

        await().atMost(SOON).until(() -> backend.calls().size() == 2);
    }

    @AfterEach
    void close() {
        stopServer();
        backend.close();
    }
}
