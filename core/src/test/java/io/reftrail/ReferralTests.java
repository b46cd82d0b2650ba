package io.reftrail;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Decision;
import io.reftrail.model.Decision.Stage;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Referral;
import io.reftrail.model.Referral.Status;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.RecordingExchange;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A customer brings a friend, without any vendor. */
class ReferralTests extends SignInFixture {

    private static final Duration TWO_WEEKS = Duration.ofDays(14);

    private final Customer kim = Customer.of("kim").withEmail("kim@example.org");
    private final List<ReferralRewarded> rewards = new ArrayList<>();
    private @Nullable RuntimeException obstacle;

    @Override
    ReftrailBuilder builder() {
        return Reftrail.builder()
                .outbox(new InMemoryOutbox(100, clock))
                .referrals(ReferralSettings.DEFAULT)
                .rewardListener(this::reward)
                .leads(LeadSettings.DEFAULT.withUnknownAge(LeadSettings.UnknownAge.REPORT))
                .clock(clock);
    }

    private void reward(ReferralRewarded reward) {
        if (obstacle != null) {
            throw obstacle;
        }
        rewards.add(reward);
    }

    private RecordingExchange follow(String link) {
        return click(link.substring(link.indexOf('?') + 1));
    }

    private RecordingExchange followLinkOf(String customerId) {
        return follow(reftrail().referrals().linkFor(customerId));
    }

    private void signUp() {
        assertThat(reftrail().lead(followLinkOf("nora"), kim).statuses())
                .containsExactly(Map.entry("own", LeadStatus.ENQUEUED));
        awaitStatus(Status.SIGNED_UP);
    }

    private void pay(String invoice) {
        assertThat(reftrail()
                        .sale("kim", new BigDecimal("29.00"), "EUR", invoice)
                        .statuses())
                .containsExactly(Map.entry("own", SaleStatus.ENQUEUED));
    }

    private void awaitStatus(Status status) {
        Awaitility.await().untilAsserted(() -> assertThat(reftrail().referrals().referralOf("kim"))
                .isNotNull()
                .extracting(Referral::status)
                .isEqualTo(status));
    }

    private List<String> reasons(Stage stage) {
        return reftrail().operations().recentDecisions().stream()
                .filter(decision -> decision.stage() == stage)
                .map(Decision::reason)
                .toList();
    }

    @Test
    void aLinkIsStableAndShowsNobody() {
        String link = reftrail().referrals().linkFor("nora@example.org");

        assertThat(link).matches("/\\?friend=[a-z2-9]{16}").doesNotContain("nora");
        assertThat(reftrail().referrals().linkFor("nora@example.org")).isEqualTo(link);
        assertThat(reftrail().referrals().linkFor("max")).isNotEqualTo(link);
    }

    @Test
    void aFriendsCodeIsTypedInPlaceOfTheLink() {
        String code = reftrail().referrals().codeFor("nora");

        assertThat(reftrail().checkCode(" " + code.toUpperCase(Locale.ROOT) + " "))
                .isEqualTo(CodeStatus.KNOWN);
        LeadReport report = reftrail().lead(RecordingExchange.with(), kim, code.toUpperCase(Locale.ROOT));

        assertThat(report.code()).isEqualTo(CodeStatus.KNOWN);
        assertThat(report.statuses()).containsExactly(Map.entry("own", LeadStatus.ENQUEUED));
        awaitStatus(Status.SIGNED_UP);
        assertThat(requireNonNull(reftrail().referrals().referralOf("kim")).referrerId())
                .isEqualTo("nora");
    }

    @Test
    void aCodeThatNoCustomerHasIsUnknown() {
        LeadReport report = reftrail().lead(RecordingExchange.with(), kim, "abcdefghjkmnpqrs");

        assertThat(report.code()).isEqualTo(CodeStatus.UNKNOWN);
        assertThat(report.isEmpty()).isTrue();
    }

    @Test
    void aTypedCodeOfTheCustomersOwnBringsNobody() {
        LeadReport report = reftrail()
                .lead(RecordingExchange.with(), kim, reftrail().referrals().codeFor("kim"));

        assertThat(report.statuses()).containsExactly(Map.entry("own", LeadStatus.SELF_REFERRAL));
    }

    @Test
    void aTypedCodeCountsMoreThanTheLinkBeforeIt() {
        LeadReport report =
                reftrail().lead(followLinkOf("max"), kim, reftrail().referrals().codeFor("nora"));

        assertThat(report.statuses()).containsExactly(Map.entry("own", LeadStatus.ENQUEUED));
        awaitStatus(Status.SIGNED_UP);
        assertThat(requireNonNull(reftrail().referrals().referralOf("kim")).referrerId())
                .isEqualTo("nora");
    }

    @Test
    void linksLeadWhereTheSettingsSay() {
        Referrals referrals = reftrail(builderWith(
                        new ReferralSettings("via_friend", "https://shop.example.com/?lang=de", TWO_WEEKS, TWO_WEEKS)))
                .referrals();

        assertThat(referrals.linkFor("nora"))
                .isEqualTo("https://shop.example.com/?lang=de&via_friend=" + referrals.codeFor("nora"));
    }

    private ReftrailBuilder builderWith(ReferralSettings settings) {
        return Reftrail.builder()
                .outbox(new InMemoryOutbox(100, clock))
                .referrals(settings)
                .clock(clock);
    }

    @Test
    void aFriendPaysAndBothAreRewardedOnce() {
        signUp();
        pay("inv-1");
        awaitStatus(Status.PAID);
        clock.advance(TWO_WEEKS.minusMillis(1));
        reftrail().referrals().give();
        assertThat(rewards).isEmpty();

        clock.advance(Duration.ofMillis(1));
        reftrail().referrals().give();
        reftrail().referrals().give();

        assertThat(rewards)
                .extracting(
                        ReferralRewarded::referrerId,
                        ReferralRewarded::customerId,
                        ReferralRewarded::invoiceId,
                        reward -> reward.amount().amount())
                .containsExactly(tuple("nora", "kim", "inv-1", new BigDecimal("29.00")));
        awaitStatus(Status.REWARDED);
        assertThat(reasons(Stage.REWARD)).containsExactly("rewarded");
        assertThat(reftrail().referrals().referralsBy("nora", 10)).hasSize(1);
        assertThat(rewards.get(0).toString()).doesNotContain("kim").doesNotContain("nora");
    }

    @Test
    void aRefundInTimeCancelsTheReward() {
        signUp();
        pay("inv-1");
        reftrail().refund(RefundRequest.full("kim", "inv-1"));
        awaitStatus(Status.REFUNDED);
        clock.advance(TWO_WEEKS);

        assertThat(reftrail().referrals().give()).isZero();
        assertThat(rewards).isEmpty();
    }

    @Test
    void aListenerThatFailsIsCalledAgainLater() {
        signUp();
        pay("inv-1");
        awaitStatus(Status.PAID);
        clock.advance(TWO_WEEKS);
        obstacle = new IllegalStateException("the vouchers are sold out");

        reftrail().referrals().give();
        obstacle = null;
        reftrail().referrals().give();
        assertThat(rewards).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        reftrail().referrals().give();

        assertThat(rewards).hasSize(1);
        assertThat(reasons(Stage.REWARD)).containsExactly("rewarded", "failed");
        assertThat(requireNonNull(reftrail().referrals().referralOf("kim")).attempts())
                .isEqualTo(2);
    }

    /** A listener in which the refund arrives, as from another node. */
    @Test
    void aPaymentThatIsRefundedSinceTheClaimIsNotRewarded() {
        reftrail(builder().rewardTransactions(work -> {
            reftrail().refund(RefundRequest.full("kim", "inv-1"));
            awaitStatus(Status.REFUNDED);
            work.run();
        }));
        signUp();
        pay("inv-1");
        awaitStatus(Status.PAID);
        clock.advance(TWO_WEEKS);

        reftrail().referrals().give();

        assertThat(rewards).isEmpty();
        assertThat(reasons(Stage.REWARD)).containsExactly("cancelled");
    }

    @Test
    void theThreadGivesRewardsByItself() {
        reftrail(builderWith(ReferralSettings.DEFAULT.withRewardAfter(Duration.ZERO)));
        reftrail().referrals().addListener(this::reward);
        signUp();
        pay("inv-1");

        awaitStatus(Status.REWARDED);
        assertThat(rewards).hasSize(1);
    }

    @Test
    void rewardsWaitForAListener() {
        reftrail(builderWith(ReferralSettings.DEFAULT));
        reftrail().operations().start();

        assertThat(threads()).doesNotContain("reftrail-rewards-1");
        reftrail().referrals().addListener(this::reward);
        assertThat(threads()).contains("reftrail-rewards-1");
        reftrail().close();
        assertThat(threads()).doesNotContain("reftrail-rewards-1");
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    @Test
    void whoFollowsTheirOwnLinkBringsNobody() {
        RecordingExchange own = followLinkOf("kim");

        assertThat(reftrail().lead(own, kim).statuses()).containsExactly(Map.entry("own", LeadStatus.SELF_REFERRAL));

        assertThat(own.setCookies()).anyMatch(line -> line.startsWith("_reftrail-friend=; Max-Age=0"));
        assertThat(reftrail().attributions(own.next())).isEmpty();
        assertThat(reasons(Stage.LEAD)).containsExactly("self-referral");
        assertThat(reftrail().operations().outbox().depth(Referral.BACKEND)).isZero();
    }

    /** Otherwise a second account in the same browser would be brought by the first one. */
    @Test
    void anOldCustomerWhoSignsInWithTheirOwnLinkLosesTheCookie() {
        RecordingExchange own = followLinkOf("kim");

        LeadReport report =
                reftrail().signIn(own, kim.withCreatedAt(clock.instant().minus(Duration.ofDays(900))));

        assertThat(report.statuses()).containsExactly(Map.entry("own", LeadStatus.SELF_REFERRAL));
        assertThat(reftrail().attributions(own.next())).isEmpty();
    }

    @Test
    void ownLinksOfCustomersOfUnknownAgeAreRefusedToo() {
        reftrail(builder().leads(LeadSettings.DEFAULT.withUnknownAge(LeadSettings.UnknownAge.HOLD)));

        assertThat(reftrail().signIn(followLinkOf("kim"), kim).statuses())
                .containsExactly(Map.entry("own", LeadStatus.SELF_REFERRAL));
        assertThat(reftrail().signIn(followLinkOf("nora"), kim).statuses())
                .containsExactly(Map.entry("own", LeadStatus.AGE_UNKNOWN));
    }

    @Test
    void anExistingCustomerIsNoFriend() {
        assertThat(reftrail()
                        .signIn(
                                followLinkOf("nora"),
                                kim.withCreatedAt(clock.instant().minus(Duration.ofDays(900))))
                        .statuses())
                .containsExactly(Map.entry("own", LeadStatus.EXISTING_CUSTOMER));
    }

    @Test
    void aLinkThatNobodyHasBringsNobody() {
        RecordingExchange guessed = click("friend=aaaaaaaaaaaaaaaa");

        assertThat(reftrail().lead(guessed, kim).statuses()).containsExactly(Map.entry("own", LeadStatus.UNKNOWN_LINK));
        assertThat(reftrail().attributions(guessed.next())).isEmpty();
    }

    @Test
    void whatCannotBeACodeIsNotCaptured() {
        for (String value :
                List.of("kim", "aaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaa", "AAAAAAAAAAAAAAAA", "aaaaaaaaaaaaaa%0a")) {
            var captured = reftrail().visits().capture().read("friend=" + value);
            assertThat(captured == null || captured.clicks().isEmpty())
                    .as(value)
                    .isTrue();
        }
    }

    @Test
    void aForgottenCustomersLinkLeadsNowhere() {
        String link = reftrail().referrals().linkFor("nora");
        signUp();

        assertThat(reftrail().export("kim")).contains("reftrail_referral").doesNotContain("nora");
        assertThat(reftrail().forget("nora")).isPositive();

        assertThat(reftrail().lead(follow(link), Customer.of("lee")).statuses())
                .containsExactly(Map.entry("own", LeadStatus.UNKNOWN_LINK));
        assertThat(reftrail().referrals().referralOf("kim")).isNull();
    }

    @Test
    void aCustomerIsGivenToAFriendByHand() {
        reftrail(builder().touches(io.reftrail.capture.TouchSettings.DEFAULT));
        String code = reftrail().referrals().codeFor("nora");

        assertThat(reftrail()
                        .reattribute("kim", new Attribution("own", code, null), "forgot the link", "lee")
                        .statuses())
                .containsExactly(Map.entry("own", LeadStatus.ENQUEUED));
        awaitStatus(Status.SIGNED_UP);
    }

    @Test
    void withoutThePropertyThereIsNothing() {
        reftrail(Reftrail.builder().clock(clock));

        assertThat(reftrail().backends()).isEmpty();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> reftrail().referrals());
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        for (ReferralSettingsMaker broken : List.<ReferralSettingsMaker>of(
                () -> new ReferralSettings("", "/", TWO_WEEKS, TWO_WEEKS),
                () -> new ReferralSettings("a b", "/", TWO_WEEKS, TWO_WEEKS),
                () -> new ReferralSettings("friend", "", TWO_WEEKS, TWO_WEEKS),
                () -> new ReferralSettings("friend", "shop.example.com", TWO_WEEKS, TWO_WEEKS),
                () -> new ReferralSettings("friend", "/#top", TWO_WEEKS, TWO_WEEKS),
                () -> new ReferralSettings("friend", "/", Duration.ofDays(401), TWO_WEEKS),
                () -> new ReferralSettings("friend", "/", TWO_WEEKS, Duration.ofDays(-1)))) {
            assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(broken::make);
        }
    }

    private interface ReferralSettingsMaker {
        ReferralSettings make();
    }
}
