package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reftrail.backend.SalesReporting;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.backend.dub.DubBackend.LeadMode;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.capture.TouchCapture;
import io.reftrail.capture.TouchCapture.Arrival;
import io.reftrail.capture.TouchSettings;
import io.reftrail.capture.Visitor;
import io.reftrail.journey.Touch;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.CustomerField;
import io.reftrail.model.Decision;
import io.reftrail.model.Decision.Stage;
import io.reftrail.model.Lead;
import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.Withheld;
import io.reftrail.outbox.WithheldEvent;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.policy.LeadPolicy;
import io.reftrail.policy.LeadPolicy.Candidate;
import io.reftrail.policy.LeadPolicy.Verdict;
import io.reftrail.policy.LeadPolicy.Verdict.Kind;
import io.reftrail.policy.Partners;
import io.reftrail.policy.PolicySettings;
import io.reftrail.testing.HandRunTransaction;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.LogCapture;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.StubServer.Received;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a lead, and of its sales, if a policy has something against it. Dub is a real server. */
class LeadPolicyTests {

    private static final Customer KIM = Customer.of("kim").withEmail("kim@example.org");

    private final StubServer dub =
            StubServer.answering(Answer.of(200, "{\"link\":{\"id\":\"l\"},\"sale\":{\"amount\":1}}"));
    private final HandSetClock clock = new HandSetClock();
    private final InMemoryOutbox outbox = new InMemoryOutbox(9, clock);
    private final List<Candidate> judged = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private @Nullable Reftrail open;
    private Verdict verdict = Verdict.accept();

    private ReftrailBuilder builder() {
        return Reftrail.builder()
                .backend(DubBackend.builder("dub_key").baseUrl(dub.url()).build())
                .outbox(outbox)
                .clock(clock)
                .leadListener((backend, status) -> heard.add(backend + " " + status))
                .leadPolicy(candidate -> {
                    judged.add(candidate);
                    return verdict;
                });
    }

    private Reftrail reftrail() {
        return open == null ? reftrail(builder()) : open;
    }

    private Reftrail reftrail(ReftrailBuilder builder) {
        open = builder.build();
        return open;
    }

    @AfterEach
    void close() {
        reftrail().close();
        dub.close();
    }

    private LeadStatus signUp(RecordingExchange exchange) {
        return Objects.requireNonNull(reftrail().lead(exchange, KIM).status("dub"));
    }

    private static RecordingExchange visitor() {
        return RecordingExchange.with("dub_id=k3Vt");
    }

    private SaleStatus sale(String invoice) {
        return Objects.requireNonNull(
                reftrail().sale("kim", BigDecimal.TEN, "EUR", invoice).status("dub"));
    }

    private List<String> decisions(Stage stage) {
        return reftrail().operations().recentDecisions().stream()
                .filter(decision -> decision.stage() == stage)
                .map(decision -> decision.backend() + " " + decision.reason())
                .toList();
    }

    private List<String> told() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> outbox.depth("dub") == 0);
        return dub.requests().stream().map(Received::path).toList();
    }

    private WithheldEvent withheld() {
        List<WithheldEvent> events = reftrail().operations().withheld(10);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    @Test
    void anAcceptedLeadIsSent() {
        assertThat(signUp(visitor())).isEqualTo(LeadStatus.ENQUEUED);

        assertThat(told()).containsExactly("/track/lead");
        assertThat(decisions(Stage.POLICY)).isEmpty();
    }

    @Test
    void aHeldLeadAndItsSaleWaitForTheRelease() {
        verdict = Verdict.hold("odd-hour");
        RecordingExchange visitor = visitor();
        assertThat(signUp(visitor)).isEqualTo(LeadStatus.HELD);
        assertThat(sale("inv-1")).isEqualTo(SaleStatus.ENQUEUED);

        assertThat(visitor.setCookies()).anyMatch(line -> line.startsWith("dub_id=;"));
        assertThat(withheld())
                .satisfies(event -> assertThat(event.state()).isEqualTo(Withheld.HELD))
                .satisfies(event -> assertThat(event.reason()).isEqualTo("odd-hour"))
                .satisfies(event -> assertThat(event.customerId()).isEqualTo("kim"))
                .satisfies(event -> assertThat(event).asString().doesNotContain("kim", "k3Vt"));
        assertThat(outbox.backlog("dub").held()).isOne();
        assertThat(dub.requests()).isEmpty();
        assertThat(heard).containsExactly("dub HELD");
        clock.advance(Duration.ofDays(30));

        assertThat(reftrail().operations().release(withheld().id())).isTrue();

        assertThat(told()).containsExactly("/track/lead", "/track/sale");
        assertThat(decisions(Stage.LEAD)).containsExactly("dub held");
        assertThat(decisions(Stage.POLICY)).containsExactly("null released", "dub odd-hour");
        assertThat(reftrail().operations().release("1")).isFalse();
    }

    @Test
    void theSaleOfAHeldLeadThatIsDeclinedIsNotSent() {
        verdict = Verdict.hold("odd-hour");
        signUp(visitor());
        sale("inv-1");
        reftrail().refund(RefundRequest.full("kim", "inv-1"));

        assertThat(reftrail().operations().discardWithheld(withheld().id())).isTrue();

        assertThat(told()).isEmpty();
        Awaitility.await()
                .untilAsserted(() -> assertThat(decisions(Stage.DELIVERY)).contains("dub declined"));
        assertThat(decisions(Stage.POLICY)).startsWith("null discarded");
        assertThat(sale("inv-2")).isEqualTo(SaleStatus.LEAD_DECLINED);
        assertThat(reftrail().operations().discardWithheld("1")).isFalse();
    }

    @Test
    void aDeclinedLeadHasNoSalesUntilItIsReleased() {
        verdict = Verdict.decline("self-made");
        RecordingExchange visitor = visitor();
        assertThat(signUp(visitor)).isEqualTo(LeadStatus.DECLINED);

        assertThat(visitor.setCookies()).anyMatch(line -> line.startsWith("dub_id=;"));
        assertThat(sale("inv-1")).isEqualTo(SaleStatus.LEAD_DECLINED);
        assertThat(decisions(Stage.LEAD)).containsExactly("dub declined");
        assertThat(decisions(Stage.POLICY)).containsExactly("dub self-made");
        assertThat(decisions(Stage.SALE)).containsExactly("dub lead-declined");
        assertThat(outbox.backlog("dub")).isEqualTo(Backlog.EMPTY);
        assertThat(withheld().state()).isEqualTo(Withheld.DECLINED);

        reftrail().operations().release(withheld().id());

        assertThat(sale("inv-2")).isEqualTo(SaleStatus.ENQUEUED);
        assertThat(told()).containsExactly("/track/lead", "/track/sale");
    }

    @Test
    void aCheckoutSaysNothingOfAWithheldLead() {
        reftrail(Reftrail.builder()
                .backend(DubBackend.builder("dub_key")
                        .baseUrl(dub.url())
                        .sales(SalesReporting.CHECKOUT)
                        .build())
                .outbox(outbox)
                .leadPolicy(candidate -> verdict));
        signUp(visitor());
        verdict = Verdict.hold("odd-hour");
        reftrail().lead(visitor(), Customer.of("zoe"));

        assertThat(reftrail().checkoutMetadata("kim").metadata()).containsEntry("dubClickId", "k3Vt");
        assertThat(reftrail().checkoutMetadata("zoe").isEmpty()).isTrue();
    }

    @Test
    void theDecisionOnALeadStays() {
        verdict = Verdict.hold("odd-hour");
        signUp(visitor());
        verdict = Verdict.accept();

        assertThat(signUp(visitor())).isEqualTo(LeadStatus.DUPLICATE);
        assertThat(reftrail()
                        .lead(visitor(), LeadRequest.of(KIM).asRepeatable())
                        .status("dub"))
                .isEqualTo(LeadStatus.DUPLICATE);
        assertThat(outbox.depth("dub")).isZero();
        assertThat(decisions(Stage.POLICY)).hasSize(1);
    }

    @Test
    void aCustomerWhoWasALeadBeforeIsNotHeldLater() {
        signUp(visitor());
        told();
        verdict = Verdict.hold("odd-hour");

        assertThat(signUp(visitor())).isEqualTo(LeadStatus.DUPLICATE);
        assertThat(reftrail().operations().withheld(10)).isEmpty();
        assertThat(decisions(Stage.POLICY)).isEmpty();
    }

    @Test
    void theFirstPolicyThatDoesNotAcceptDecides() {
        List<String> asked = new ArrayList<>();
        reftrail(Reftrail.builder()
                .backend(DubBackend.of("key"))
                .outbox(outbox)
                .leadPolicy(policy(asked, "first", Verdict.accept()))
                .leadPolicy(policy(asked, "second", Verdict.hold("second")))
                .leadPolicy(policy(asked, "third", Verdict.decline("third"))));

        assertThat(signUp(visitor())).isEqualTo(LeadStatus.HELD);
        assertThat(asked).containsExactly("first", "second");
        assertThat(withheld().reason()).isEqualTo("second");
    }

    private static LeadPolicy policy(List<String> asked, String name, Verdict verdict) {
        return candidate -> {
            asked.add(name);
            return verdict;
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPolicyThatFailsHoldsTheLead(boolean error) {
        reftrail(builder().leadPolicy(candidate -> {
            if (error) {
                throw new NoClassDefFoundError("of kim@example.org");
            }
            throw new IllegalStateException("kim@example.org");
        }));
        try (LogCapture log = new LogCapture()) {
            assertThat(signUp(visitor())).isEqualTo(LeadStatus.HELD);
            assertThat(String.join("\n", log.lines()))
                    .contains("The lead policy io.reftrail.LeadPolicyTests")
                    .doesNotContain("kim@example.org");
        }
        assertThat(withheld().reason()).isEqualTo("policy-failed");
        assertThat(decisions(Stage.POLICY)).containsExactly("dub policy-failed");
    }

    @Test
    void aPolicyIsToldOfTheCustomerTheVisitsAndTheRequest() {
        reftrail(builder()
                .touches(TouchSettings.DEFAULT)
                .leads(LeadSettings.DEFAULT.withInclude(Set.<CustomerField>of())));
        RecordingExchange landed = visitor();
        TouchCapture touches = Objects.requireNonNull(reftrail().visits().touches());
        Arrival arrival = new Arrival("shop.example.com", "/", null, "https://www.google.com/", "cross-site");
        touches.store(
                Objects.requireNonNull(Objects.requireNonNull(touches.find(arrival, List.of(), landed))
                        .touch()),
                landed);
        HeaderExchange exchange =
                HeaderExchange.of(landed.next().cookieHeaders(), true).by(new Visitor("Firefox", "203.0.113.9"));

        reftrail().lead(exchange, KIM);

        Candidate candidate = judged.get(0);
        assertThat(candidate.attribution().clickId()).isEqualTo("k3Vt");
        assertThat(candidate.customer()).isEqualTo(KIM);
        assertThat(candidate.touches()).extracting(Touch::source).containsExactly("Google");
        assertThat(candidate.request().ipAddress()).isEqualTo("203.0.113.9");
        assertThat(candidate.request().userAgent()).isEqualTo("Firefox");
        assertThat(candidate.request().signedInHere()).rejects("kim");
        assertThat(candidate.toString() + candidate.request()).doesNotContain("kim", "k3Vt", "203", "Firefox");
        assertThat(told()).hasSize(1);
        assertThat(dub.requests().get(0).body()).doesNotContain("kim@example.org");
    }

    @Test
    void aLeadWithAStoredAttributionIsJudgedTooButNotOneByHand() {
        verdict = Verdict.decline("self-made");
        reftrail(builder().touches(TouchSettings.DEFAULT));
        Attribution click = new Attribution("dub", "k3Vt", null);

        assertThat(reftrail().lead(click, KIM).status("dub")).isEqualTo(LeadStatus.DECLINED);
        assertThat(judged.get(0).request()).isEqualTo(LeadPolicy.RequestFacts.UNKNOWN);
        assertThat(judged.get(0).touches()).isEmpty();
        assertThat(reftrail().reattribute("zoe", click, "by phone", "lee").status("dub"))
                .isEqualTo(LeadStatus.ENQUEUED);
        assertThat(judged).hasSize(1);
    }

    @Test
    void anExistingCustomerIsNotJudged() {
        clock.advance(Duration.ofDays(9));
        Customer old = KIM.withCreatedAt(clock.instant().minus(Duration.ofDays(8)));
        reftrail(builder());
        reftrail().lead(new Attribution("dub", "k3Vt", clock.instant()), old);

        assertThat(judged).isEmpty();
    }

    @Test
    void theDecisionAfterACommitIsToldThen() {
        HandRunTransaction transaction = new HandRunTransaction();
        reftrail(builder().unitOfWork(transaction));
        verdict = Verdict.hold("odd-hour");
        assertThat(signUp(visitor())).isEqualTo(LeadStatus.AFTER_COMMIT);
        assertThat(decisions(Stage.POLICY)).isEmpty();
        transaction.rollback();
        assertThat(reftrail().operations().withheld(10)).isEmpty();

        signUp(visitor());
        transaction.commit();

        assertThat(heard).containsExactly("dub AFTER_COMMIT", "dub AFTER_COMMIT", "dub HELD");
        assertThat(decisions(Stage.POLICY)).containsExactly("dub odd-hour");
        assertThat(withheld().reason()).isEqualTo("odd-hour");
    }

    @Test
    void aDeclinedLeadIsNotConfirmedAndAHeldOneIsConfirmedBehindIt() {
        reftrail(Reftrail.builder()
                .backend(DubBackend.builder("dub_key")
                        .baseUrl(dub.url())
                        .leadMode(LeadMode.DEFERRED)
                        .build())
                .outbox(outbox)
                .leadPolicy(candidate -> verdict));
        verdict = Verdict.decline("self-made");
        signUp(visitor());
        assertThat(reftrail().confirm(KIM).statuses()).isEqualTo(Map.of("dub", LeadStatus.DECLINED));

        verdict = Verdict.hold("odd-hour");
        Customer zoe = Customer.of("zoe");
        reftrail().lead(visitor(), zoe);
        assertThat(reftrail().confirm(zoe).statuses()).isEqualTo(Map.of("dub", LeadStatus.ENQUEUED));
        assertThat(dub.requests()).isEmpty();

        assertThat(reftrail().operations().releaseHeld("dub")).isOne();
        assertThat(told()).containsExactly("/track/lead", "/track/lead");
        assertThat(withheld().state()).isEqualTo(Withheld.DECLINED);
    }

    @Test
    void aFloodOfDeclinedLeadsLeavesRoomForOthers() {
        InMemoryOutbox large = new InMemoryOutbox(1_100, clock);
        for (int number = 0; number < 3_000; number++) {
            Customer customer = Customer.of("c" + number);
            Lead lead = Lead.of(new Attribution("dub", "k3Vt", null), customer, "Sign Up", clock.instant());
            large.withhold(lead, Withheld.DECLINED, "self-made");
        }
        assertThat(large.withheld("dub", 2_000)).hasSize(1_000);
        assertThat(large.withheld("dub", 1))
                .extracting(WithheldEvent::customerId)
                .containsExactly("c2000");
        assertThat(Objects.requireNonNull(large.find("dub", "Sign Up", "c0")).isDeclined())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "Odd", "odd hour", "kim@example.org", "1st", "x23456789012345678901234567890123456789yz"
            })
    void aReasonIsAWordForMeters(String reason) {
        assertThatIllegalArgumentException().isThrownBy(() -> Verdict.hold(reason));
        assertThatIllegalArgumentException().isThrownBy(() -> Verdict.decline(reason));
    }

    /** Nora signs in as herself and then signs up a second account from the same browser. */
    @Test
    void aPartnerIsKnownByTheBrowserInWhichSheWasSignedIn() {
        Partners partners = new Partners() {
            @Override
            public Identity find(Attribution attribution) {
                return new Identity("nora", Set.of());
            }

            @Override
            public boolean isPartner(String customerId) {
                return customerId.startsWith("nora");
            }
        };
        reftrail(builder()
                .partners(partners)
                .leadPolicies(new PolicySettings(Kind.DECLINE, Kind.ACCEPT, Kind.ACCEPT, 5)));
        RecordingExchange browser = RecordingExchange.with();
        for (String partner : List.of("nora", "nora-2", "nora-3", "nora-4", "nora-3")) {
            reftrail().signIn(browser, Customer.of(partner));
            browser = browser.next();
        }
        assertThat(browser.cookieHeaders())
                .singleElement()
                .asString()
                .hasSizeLessThan(160)
                .doesNotContain("nora");
        RecordingExchange others = RecordingExchange.with();
        reftrail().signIn(others, Customer.of("kim"));
        assertThat(others.setCookies()).isEmpty();

        RecordingExchange clicked =
                RecordingExchange.with(browser.cookieHeaders().get(0) + "; dub_id=k3Vt");
        assertThat(signUp(clicked)).isEqualTo(LeadStatus.DECLINED);
        assertThat(withheld().reason()).isEqualTo("self-referral");
        assertThat(reftrail().lead(visitor(), Customer.of("zoe")).status("dub")).isEqualTo(LeadStatus.ENQUEUED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nora", "..", "zz", "ffffffffffffffffffffffffffffffff.ffffffffffffffffffffffffffffffff"})
    void aForgedCookieOfAPartnerSaysNothing(String value) {
        reftrail(builder()
                .partners(click -> new Partners.Identity("nora", Set.of()))
                .leadPolicies(new PolicySettings(Kind.DECLINE, Kind.ACCEPT, Kind.ACCEPT, 5)));

        assertThat(signUp(RecordingExchange.with("_reftrail-partner=" + value + "; dub_id=k3Vt")))
                .isEqualTo(LeadStatus.ENQUEUED);
    }

    @Test
    void partnersThatFailBreakNoSignIn() {
        Partners broken = new Partners() {
            @Override
            public Identity find(Attribution attribution) {
                throw new IllegalStateException("away");
            }

            @Override
            public boolean isPartner(String customerId) {
                throw new IllegalStateException("away");
            }
        };
        reftrail(
                builder().partners(broken).leadPolicies(new PolicySettings(Kind.DECLINE, Kind.ACCEPT, Kind.ACCEPT, 5)));

        reftrail().signIn(RecordingExchange.with(), KIM);
        assertThat(signUp(visitor())).isEqualTo(LeadStatus.HELD);
        assertThat(withheld().reason()).isEqualTo("policy-failed");
    }

    @Test
    void theApplicationsPoliciesAreAskedFirst() {
        reftrail(builder().leadPolicies(new PolicySettings(Kind.ACCEPT, Kind.DECLINE, Kind.ACCEPT, 5)));
        Customer disposable = Customer.of("zoe").withEmail("zoe@mailinator.com");

        assertThat(reftrail().lead(visitor(), disposable).status("dub")).isEqualTo(LeadStatus.DECLINED);
        assertThat(decisions(Stage.POLICY)).containsExactly("dub disposable-mail");
        assertThat(judged).hasSize(1);
    }

    @Test
    void decisionsHoldNoPersonalData() {
        verdict = Verdict.hold("odd-hour");
        signUp(visitor());

        assertThat(reftrail().operations().recentDecisions())
                .extracting(Decision::toString)
                .noneMatch(text -> text.contains("kim") || text.contains("k3Vt"));
    }
}
