package io.reftrail.outbox.jdbc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.backend.own.OwnBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Referral;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.PayerUpdate;
import io.reftrail.outbox.Settlement;
import io.reftrail.outbox.Withheld;
import io.reftrail.policy.LeadPolicy;
import io.reftrail.policy.LeadPolicy.Candidate;
import io.reftrail.policy.LeadPolicy.RequestFacts;
import io.reftrail.policy.LeadPolicy.Verdict.Kind;
import io.reftrail.policy.SameNetworkPolicy;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.LogCapture;
import io.reftrail.testing.TestEvents;
import io.reftrail.testing.TestLeads;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a table can do beyond the kit: outlive a process, be shared, and forget persons. */
abstract class DurableOutboxContract extends JdbcOutboxContract {

    private static final Lead PERSONAL = Lead.of(
                    new Attribution("introw", "click \"7\" \u0001 €", Instant.parse("2026-02-28T23:59:59.123456Z")),
                    new Customer(
                            "zoe-1",
                            "zoe@example.org",
                            "Zoë \uD83D\uDC1D",
                            "https://shop.example/zoe.png",
                            Instant.parse("2026-03-01T10:00:00Z")),
                    "Sign Up",
                    HandSetClock.START.plusNanos(123_456_000))
            .withMetadata(Map.of("plan", "secret plan"));

    private Outbox second;

    DurableOutboxContract(Dialect dialect, JdbcOutboxBuilder builder) {
        super(dialect, builder);
    }

    @BeforeEach
    void openSecond() {
        second = reopen();
    }

    @AfterEach
    void closeSecond() {
        second.close();
    }

    @Test
    void aPayerWhoseRecordHasNotChangedForTheRetentionIsRemoved() {
        outbox.updatePayer(Set.of("old", "older"), before -> new PayerUpdate.Payer("old", null, Set.of()));
        advance(JdbcOutbox.DEFAULT_RETENTION.minusDays(1));
        outbox.updatePayer(Set.of("new"), before -> new PayerUpdate.Payer("new", null, Set.of()));
        assertThat(outbox.purge()).isZero();

        advance(Duration.ofDays(2));
        assertThat(outbox.purge()).isEqualTo(2);
        outbox.updatePayer(Set.of("new"), before -> {
            assertThat(before).containsExactly("new");
            return new PayerUpdate.Payer("new", null, Set.of());
        });
    }

    @Test
    void anEventComesBackAsItWas() {
        outbox.enqueue(PERSONAL);
        assertThat(claimOne("introw").event()).isEqualTo(PERSONAL);
    }

    @Test
    void whatWasEnqueuedOutlivesTheProcess() {
        enqueue("introw", "a");
        claimOne("introw");

        assertThat(second.claim("introw", 10, LEASE)).isEmpty();
        advance(LEASE);
        assertThat(customers(second.claim("introw", 10, LEASE))).containsExactly("a");
    }

    @Test
    void aCustomerIsReportedOnceAcrossProcesses() {
        enqueue("introw", "a");
        assertThat(second.enqueue(lead("a"))).isEqualTo(Enqueued.DUPLICATE);
        outbox.settle(claimOne("introw"), done());

        assertThat(second.enqueue(lead("a"))).isEqualTo(Enqueued.DUPLICATE);
        assertThat(second.find("introw", "Sign Up", "a"))
                .isEqualTo(new LedgerEntry(lead("a").attribution(), HandSetClock.START, Verdict.RECORDED, "recorded"));
        assertThat(second.forget("a")).isOne();
        assertThat(outbox.enqueue(lead("a"))).isEqualTo(Enqueued.ACCEPTED);
    }

    @Test
    void aSettledEventHoldsNothingOfThePerson() throws SQLException {
        outbox.enqueue(PERSONAL);
        assertThat(everything()).contains("zoe-1", "zoe@example.org", "secret plan");

        outbox.settle(claimOne("introw"), done());

        assertThat(everything()).doesNotContain("zoe", "Zo", "secret").contains("RECORDED", "introw");
    }

    @Test
    void aKnownCustomerIsAHashAndATimeThatOutliveTheProcess() throws SQLException {
        outbox.recordFirstSignIns(Map.of("zoe-1", HandSetClock.START));

        assertThat(rows("reftrail_customer"))
                .doesNotContain("zoe")
                .contains(String.valueOf(HandSetClock.START.toEpochMilli()));
        advance(JdbcOutbox.DEFAULT_RETENTION.multipliedBy(2));
        outbox.purge();
        try (Outbox later = reopen()) {
            assertThat(later.firstSignIn("zoe-1")).isEqualTo(HandSetClock.START);
        }
    }

    @Test
    void aSettledClickHoldsNothingOfTheVisitorAndGoesWhenNobodyFollowsIt() throws SQLException {
        outbox.enqueue(TestEvents.click("affitor", "key-1"));
        assertThat(everything()).contains("203.0.113.9", "Firefox", "blog.example");
        outbox.settle(claimOne("affitor"), done());
        enqueue("introw", "a");
        outbox.settle(claimOne("introw"), done());
        assertThat(everything()).doesNotContain("203.0.113.9", "Firefox", "blog.example", "pricing");

        advance(JdbcOutbox.CLICK_RETENTION);
        assertThat(outbox.purge()).isZero();
        advance(A_MOMENT);
        assertThat(outbox.purge()).isOne();
        assertThat(outbox.find("introw", "Sign Up", "a")).isNotNull();
    }

    @Test
    void clicksAreOfferedWhileThereIsRoom() {
        assertThat(outbox.offer(TestEvents.click("affitor", "key-1"))).isEqualTo(Enqueued.ACCEPTED);
        for (int i = 0; i < JdbcOutbox.CLICK_BACKLOG_LIMIT; i++) {
            outbox.enqueue(TestEvents.click("affonso", "key-" + i));
        }

        assertThatExceptionOfType(OutboxException.class)
                .isThrownBy(() -> outbox.offer(TestEvents.click("affonso", "one more")));
        assertThat(outbox.offer(TestEvents.click("affitor", "key-2"))).isEqualTo(Enqueued.ACCEPTED);
        assertThat(outbox.enqueue(TestEvents.lead("affonso", "key-1", "a"))).isEqualTo(Enqueued.ACCEPTED);
    }

    @Test
    void aDiscardedEventHoldsNothingOfThePerson() throws SQLException {
        outbox.enqueue(PERSONAL);
        Claim claim = claimOne("introw");
        outbox.settle(claim, new Settlement.Dead("no reply"));
        outbox.discard(claim.id());

        assertThat(everything()).doesNotContain("zoe", "Zo", "secret");
    }

    @Test
    void whatIsOlderThanTheRetentionGoes() throws SQLException {
        enqueue("introw", "settled", "waits");
        outbox.enqueue(PERSONAL);
        for (Claim claim : claim("introw", 10)) {
            switch (TestLeads.customer(claim.event())) {
                case "settled" -> outbox.settle(claim, done());
                case "waits" -> outbox.settle(claim, new Settlement.Postponed(Duration.ZERO));
                default -> outbox.settle(claim, new Settlement.Dead("no reply"));
            }
        }

        advance(JdbcOutbox.DEFAULT_DEAD_RETENTION);
        assertThat(outbox.purge()).isZero();
        advance(A_MOMENT);
        assertThat(outbox.purge()).isOne();
        assertThat(outbox.dead(10)).isEmpty();
        assertThat(everything()).doesNotContain("zoe");
        assertThat(outbox.enqueue(PERSONAL)).isEqualTo(Enqueued.DUPLICATE);

        advance(JdbcOutbox.DEFAULT_RETENTION);
        assertThat(outbox.purge()).isEqualTo(3);
        assertThat(outbox.find("introw", "Sign Up", "settled")).isNull();
        assertThat(claim("introw", 10)).isEmpty();
        assertThat(outbox.dead(10)).extracting(DeadEvent::reason).containsExactly("nobody has sent it");
    }

    @Test
    void aDeclinedEventHoldsNothingOfThePersonOnceItIsDiscarded() throws SQLException {
        outbox.withhold(PERSONAL, Withheld.HELD, "same-network");
        assertThat(everything()).contains("zoe@example.org");
        outbox.discardWithheld(outbox.withheld("introw", 1).get(0).id());

        assertThat(everything()).doesNotContain("zoe", "Zo", "secret").contains("same-network");
    }

    @Test
    void allProcessesHashAlike() {
        assertThat(second.fingerprint("nora"))
                .isEqualTo(outbox.fingerprint("nora"))
                .matches("[0-9a-f]{32}");
        assertThat(outbox.fingerprint("leo")).isNotEqualTo(outbox.fingerprint("nora"));
    }

    @Test
    void aWithheldEventThatNobodyReleasesIsDeclinedForGood() throws SQLException {
        outbox.withhold(PERSONAL, Withheld.HELD, "same-network");
        advance(JdbcOutbox.DEFAULT_DEAD_RETENTION);
        assertThat(outbox.purge()).isZero();
        advance(A_MOMENT);
        assertThat(outbox.purge()).isOne();

        assertThat(everything()).doesNotContain("zoe");
        assertThat(second.withheld("introw", 10)).isEmpty();
        assertThat(second.enqueue(PERSONAL)).isEqualTo(Enqueued.DUPLICATE);
        advance(JdbcOutbox.DEFAULT_RETENTION);
        outbox.purge();
        assertThat(second.enqueue(PERSONAL)).isEqualTo(Enqueued.ACCEPTED);
    }

    /** The clock of the policies stands still, and that of the database decides. */
    private boolean accepts(Outbox node, String customer) {
        LeadPolicy policy = new SameNetworkPolicy(
                Kind.HOLD, 2, node::fingerprint, requireNonNull(node.recentSignUps())::add, new HandSetClock());
        RequestFacts request = new RequestFacts("203.0.113.7", null, null, partner -> false);
        Attribution click = new Attribution("introw", "click of " + customer, null);
        return policy.judge(new Candidate(click, Customer.of(customer), List.of(), request))
                .accepts();
    }

    @Test
    void signUpsOfOneNetworkAreCountedOverAllProcesses() {
        assertThat(accepts(outbox, "a")).isTrue();
        assertThat(accepts(second, "b")).isTrue();
        assertThat(accepts(second, "b")).isTrue();
        assertThat(accepts(outbox, "c")).isFalse();
        assertThat(accepts(second, "d")).isFalse();

        advance(SameNetworkPolicy.PERIOD.minusMillis(1));
        assertThat(accepts(outbox, "e")).isFalse();
        advance(Duration.ofMillis(1));
        assertThat(accepts(second, "f")).isTrue();
    }

    @Test
    void aRecentSignUpIsHashesAndATimeForAnHour() throws SQLException {
        accepts(outbox, "zoe-1");

        assertThat(rows("reftrail_recent_sign_up"))
                .doesNotContain("zoe", "203", "introw")
                .contains(String.valueOf(HandSetClock.START.toEpochMilli()));
        assertThat(outbox.stored("zoe-1").get("reftrail_recent_sign_up"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("signed_up_at", HandSetClock.START.toString())
                        .containsKey("network"));
        assertThat(outbox.forget("zoe-1")).isOne();
        assertThat(rows("reftrail_recent_sign_up")).isEmpty();

        accepts(outbox, "zoe-1");
        advance(SameNetworkPolicy.PERIOD.minusMillis(1));
        assertThat(outbox.purge()).isZero();
        advance(Duration.ofMillis(1));
        assertThat(outbox.purge()).isOne();
        assertThat(rows("reftrail_recent_sign_up")).isEmpty();
    }

    /** The queries are those of a release that does not know withheld events. */
    @Test
    void anEarlierReleaseTakesAWithheldEventForOneThatIsDueMuchLater() throws SQLException {
        outbox.withhold(lead("held"), Withheld.HELD, "same-network");
        outbox.withhold(lead("declined"), Withheld.DECLINED, "same-network");
        long dead = Sql.DEAD_AT;

        assertThat(count("due_at < " + dead)).isEqualTo(2);
        assertThat(count("due_at = " + dead)).isZero();
        assertThat(count("due_at IS NULL")).isZero();
        assertThat(count("due_at <= " + Instant.parse("9999-01-01T00:00:00Z").toEpochMilli()))
                .isZero();
    }

    private long count(String condition) throws SQLException {
        return connections.inTransaction(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM reftrail_event WHERE " + condition)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @Test
    void anEventOfALaterReleaseIsHeldWithoutItsCustomer() {
        outbox.withhold(lead("later"), Withheld.HELD, "same-network");
        clock.run("UPDATE reftrail_event SET payload = '{\"type\":\"omen\"}'");

        assertThat(outbox.withheld("introw", 10)).singleElement().satisfies(event -> assertThat(event.customerId())
                .isNull());
    }

    @Test
    void sendersAreCountedWhileTheyAreSeen() {
        outbox.senders();
        assertThat(second.senders()).isEqualTo(2);
        try (Outbox third = reopen()) {
            assertThat(third.senders()).isEqualTo(3);
        }

        assertThat(outbox.senders()).isEqualTo(2);
        advance(Duration.ofMillis(SenderTable.GONE_AFTER_MILLIS + 1));
        assertThat(outbox.senders()).isOne();
        assertThat(second.senders()).isEqualTo(2);
    }

    @Test
    void anEventOfALaterReleaseWaitsForItAndHoldsNobodyUp() {
        enqueue("introw", "later");
        clock.run("UPDATE reftrail_event SET payload = '{\"type\":\"omen\"}'");
        advance(A_MOMENT);
        enqueue("introw", "a");

        try (LogCapture log = new LogCapture()) {
            assertThat(customers(claim("introw", 10))).containsExactly("a");
            assertThat(String.join("\n", log.lines()))
                    .contains("cannot be read by this release")
                    .doesNotContain("omen");
        }
        assertThat(outbox.depth("introw")).isEqualTo(2);
    }

    /** No process has sent it, so the release that can read it may. */
    @Test
    void anEventOfALaterReleaseIsNotTakenForOneThatWasSent() {
        enqueue("introw", "later");
        clock.run("UPDATE reftrail_event SET payload = REPLACE(payload, '\"lead\"', '\"omen\"')");
        assertThat(claim("introw", 10)).isEmpty();
        clock.run("UPDATE reftrail_event SET payload = REPLACE(payload, '\"omen\"', '\"lead\"')");
        assertThat(claim("introw", 10)).isEmpty();

        advance(LEASE);
        assertThat(claimOne("introw").reclaimed()).isFalse();
    }

    @Test
    void anEventOfALaterReleaseKeepsTheMarkOfAnEarlierClaim() {
        enqueue("introw", "later");
        claimOne("introw");
        clock.run("UPDATE reftrail_event SET payload = REPLACE(payload, '\"lead\"', '\"omen\"')");
        advance(LEASE);
        assertThat(claim("introw", 10)).isEmpty();
        clock.run("UPDATE reftrail_event SET payload = REPLACE(payload, '\"omen\"', '\"lead\"')");

        advance(LEASE);
        assertThat(claimOne("introw").reclaimed()).isTrue();
    }

    @Test
    void anEventThatIsNotOursHoldsNobodyUp() {
        enqueue("introw", "broken");
        clock.run(
                "UPDATE reftrail_event SET payload = REPLACE(payload, '\"type\"', '\"metadata\":{\"plan\":{}},\"type\"')");
        enqueue("introw", "a");
        clock.run("UPDATE reftrail_event SET attribution = '[]' WHERE payload LIKE '%metadata%'");

        assertThat(customers(claim("introw", 10))).containsExactly("a");
    }

    @Test
    void aReasonOfAnyKindIsKept() {
        enqueue("introw", "a");
        String reason = "NUL \u0000 and emoji \uD83D\uDC1D " + "x".repeat(600);

        outbox.settle(claimOne("introw"), new Settlement.Dead(reason));

        assertThat(outbox.dead(1).get(0).reason())
                .startsWith("NUL   and emoji \uD83D\uDC1D xxx")
                .hasSize(500);
    }

    @Test
    void theDatabasesClockTellsTheTime() throws SQLException {
        try (Outbox real = builder.open(builder.connections(), new Sql(dialect, TableNames.USUAL))) {
            clock.run("DELETE FROM reftrail_event");
            real.enqueue(lead("a"));
            assertThat(real.claim("introw", 1, LEASE)).hasSize(1);
            assertThat(real.untilDue("introw")).isBetween(LEASE.minusSeconds(5), LEASE);
            long enqueued = connections.inTransaction(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("SELECT enqueued_at FROM reftrail_event")) {
                    row.next();
                    return row.getLong(1);
                }
            });
            assertThat(Instant.ofEpochMilli(enqueued))
                    .isBetween(Instant.now().minusSeconds(10), Instant.now().plusSeconds(1));
        }
    }

    private String everything() throws SQLException {
        return rows("reftrail_event");
    }

    private String rows(String table) throws SQLException {
        return connections.inTransaction(connection -> {
            StringBuilder all = new StringBuilder();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
                while (row.next()) {
                    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                        all.append(row.getString(column)).append('\n');
                    }
                }
            }
            return all.toString();
        });
    }

    /** A code stays, because its link is in the world. */
    @Test
    void referralsAreRemovedAfterTheirRetention() {
        String code = requireNonNull(outbox.referrals()).code("nora", OwnBackend::newCode);
        Instant signedUp = Instant.now().minus(Duration.ofDays(3));
        Attribution link = new Attribution(Referral.BACKEND, code, null);
        outbox.enqueue(Lead.of(link, Customer.of("kim"), "Sign Up", signedUp));
        outbox.settle(claimOne(Referral.BACKEND), done());

        outbox.purge();
        assertThat(requireNonNull(outbox.referrals()).find("kim")).isNotNull();

        outbox.close();
        builder.referralRetention(Duration.ofDays(2));
        outbox = reopen();
        assertThat(outbox.purge()).isOne();
        assertThat(requireNonNull(outbox.referrals()).find("kim")).isNull();
        assertThat(requireNonNull(outbox.referrals()).referrer(code)).isEqualTo("nora");
    }
}
