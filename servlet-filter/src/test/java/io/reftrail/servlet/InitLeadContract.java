package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reftrail.ReferralCodes;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.policy.LeadPolicy;
import io.reftrail.policy.Partners;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each init-param of leads at work, against a backend on loopback. */
class InitLeadContract extends ServedContract {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final StubBackend backend = new StubBackend();
    private String email = "kim@example.com";
    private final Surfer visitor = new Surfer(this::port);

    private void signIn(String... parameters) {
        WebApp app = new WebApp(new ReferralCaptureFilter())
                .initParameter("refport.api-key", "key")
                .initParameter("refport.base-url", backend.url())
                .initParameter("lead.unknown-age", "report");
        for (int index = 0; index < parameters.length; index += 2) {
            app.initParameter(parameters[index], parameters[index + 1]);
        }
        serve(SigningInContract.pages(app.behind(new SignInFilter(request -> "kim".equals(request.getRemoteUser())
                        ? Customer.of("kim").withEmail(email).withName("Kim").withAvatar("https://a.example/k")
                        : Customer.of(request.getRemoteUser()))))
                .page("/in-and-out", (request, response) -> {
                    SigningInContract.in(request, response);
                    request.logout();
                })
                .secured(Security.OWN));
        visitor.visit("/?refp_id=one");
        visitor.visit("/in-and-out?name=kim");
    }

    /** Waits for the next customer's lead: one that was reported before has been sent by then. */
    private void expectNoLeadBeforeTheNextOne() {
        Surfer next = new Surfer(this::port);
        next.visit("/?refp_id=two");
        next.visit("/in-and-out?name=lee");

        await().atMost(SOON).until(() -> !backend.calls().isEmpty());
        assertThat(backend.calls()).singleElement().satisfies(call -> assertThat(call.body())
                .contains("\"lee\""));
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
        expectNoLeadBeforeTheNextOne();
    }

    /** The one partner of an application. */
    public static final class Programme implements Partners {

        @Override
        public @Nullable Identity find(Attribution click) {
            return "one".equals(click.clickId()) ? new Identity("kim", Set.of()) : null;
        }
    }

    @Test
    void declinesAPartnerWhomAClassOfTheApplicationKnows() {
        signIn("lead.self-referral", "decline", "lead.partners", Programme.class.getName());

        assertThat(visitor.clicks()).isEmpty();
        expectNoLeadBeforeTheNextOne();
    }

    /** A rule of an application. */
    public static final class NobodyNamedKim implements LeadPolicy {

        @Override
        public Verdict judge(Candidate candidate) {
            return "Kim".equals(candidate.customer().name()) ? Verdict.decline("kim") : Verdict.accept();
        }
    }

    /** Is asked first. */
    public static final class Anybody implements LeadPolicy {

        @Override
        public Verdict judge(Candidate candidate) {
            return Verdict.accept();
        }
    }

    @Test
    void asksThePoliciesThatAreClassesOfTheApplication() {
        signIn("lead.policies", Anybody.class.getName() + ", " + NobodyNamedKim.class.getName());

        assertThat(visitor.clicks()).isEmpty();
        expectNoLeadBeforeTheNextOne();
    }

    /** The codes of an application. */
    public static final class Coupons implements ReferralCodes {

        @Override
        public @Nullable Attribution find(String code) {
            return code.equalsIgnoreCase("SUMMER-NORA") ? new Attribution("refport", "click-of-nora", null) : null;
        }
    }

    @Test
    void looksACodeUpInAClassOfTheApplication() {
        serve(SigningInContract.pages(new WebApp(new ReferralCaptureFilter())
                        .initParameter("refport.api-key", "key")
                        .initParameter("refport.base-url", backend.url())
                        .initParameter("lead.unknown-age", "report")
                        .initParameter("referral-codes.parameter", "code")
                        .initParameter("referral-codes.lists", Coupons.class.getName())
                        .behind(new SignInFilter()))
                .secured(Security.OWN));

        visitor.submit("/in", "name=kim&code=summer-nora");

        await().atMost(SOON).until(() -> backend.calls().size() == 1);
        assertThat(backend.calls().get(0).body()).contains("click-of-nora");
    }

    @ParameterizedTest
    @CsvSource({
        "lead.partners, com.example.Absent, there is no class 'com.example.Absent'",
        "lead.policies, java.lang.String, Let it implement io.reftrail.policy.LeadPolicy",
        "referral-codes.lists, java.lang.String, Let it implement io.reftrail.ReferralCodes"
    })
    void aClassThatCannotBeUsedStopsTheStart(String parameter, String className, String advice) {
        ObservedFilter filter = new ObservedFilter(new ReferralCaptureFilter());

        assertThatThrownBy(() -> serve(new WebApp(filter)
                        .initParameter("refport.api-key", "key")
                        .initParameter(parameter, className)))
                .hasMessage("the application did not start");
        assertThat(filter.failure())
                .hasMessageStartingWith("Reftrail cannot start: " + parameter + ": ")
                .hasMessageContaining(advice);
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
