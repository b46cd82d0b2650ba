package io.reftrail.console;

import io.reftrail.LeadStatus;
import io.reftrail.Reftrail;
import io.reftrail.SaleStatus;
import io.reftrail.SignInReason;
import io.reftrail.capture.CaptureResult;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Decision;
import io.reftrail.model.Event;
import io.reftrail.outbox.Count;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A shop with a month behind it: three vendors, one of which refuses the key, and customers. */
final class BusyShop implements AutoCloseable {

    private static final Random RANDOM = new Random(19);

    private final AtomicBoolean accepts = new AtomicBoolean();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final StubServer vendor = StubServer.answering(call -> switch (call.path()) {
        case "/dub/track/lead" ->
            Answer.of(200, "{\"click\":{\"id\":\"click-1\"},\"link\":{\"id\":\"link_1\"},\"customer\":{}}");
        case "/dub/track/sale" -> Answer.of(200, "{\"eventName\":\"Purchase\",\"customer\":{},\"sale\":{}}");
        default -> call.path().startsWith("/refport") ? refport() : introw();
    });
    private final Shop shop;

    BusyShop() throws SQLException {
        shop = new Shop(
                "reftrail.introw.base-url=" + vendor.url() + "/introw",
                "reftrail.introw.conversion=sale",
                "reftrail.refport.api-key=key",
                "reftrail.refport.base-url=" + vendor.url() + "/refport",
                "reftrail.dub.api-key=key",
                "reftrail.dub.base-url=" + vendor.url() + "/dub");
        past();
        present();
    }

    private Answer refport() {
        return accepts.get() ? Answer.of(200, "{\"eventName\":\"Sign Up\"}") : Answer.of(401, "{}");
    }

    private Answer introw() {
        return failed.compareAndSet(false, true) ? Answer.of(500, "{}") : Answer.recorded();
    }

    Shop shop() {
        return shop;
    }

    void accept() {
        accepts.set(true);
    }

    void refuse() {
        accepts.set(false);
    }

    static Attribution click(String backend) {
        return new Attribution(backend, "click-1", Instant.now().minus(Duration.ofHours(30)));
    }

    private void present() {
        Reftrail reftrail = shop.reftrail();
        shop.visit("/pricing?irw_id=aff_1");
        reftrail.rememberSignIn(Customer.of("kim"));
        reftrail.lead(click("dub"), Customer.of("kim"));
        reftrail.lead(click("introw"), Customer.of("kim"));
        reftrail.lead(click("refport"), Customer.of("lou"));
        Awaitility.await().until(() -> reftrail.operations().outbox().depth("dub") == 0);
        reftrail.sale("kim", new BigDecimal("19.00"), "EUR", "invoice-1");
        Awaitility.await()
                .until(() -> reftrail.operations().outbox().depth("introw") == 0
                        && reftrail.operations().queues().stream()
                                .anyMatch(queue -> queue.pause().toSeconds() > 0));
    }

    /** Writes counts of the last month by the day, of the last week by the hour, and of the last hour by the minute. */
    private void past() throws SQLException {
        Instant now = Instant.now();
        List<Row> rows = new ArrayList<>();
        for (int day = 0; day < 30; day++) {
            add(rows, 24 * 60, now.minus(Duration.ofDays(day)).truncatedTo(ChronoUnit.DAYS), 20 * busy(day, 9));
        }
        for (int hour = 0; hour < 24 * 7; hour++) {
            add(rows, 60, now.minus(Duration.ofHours(hour)).truncatedTo(ChronoUnit.HOURS), busy(hour, 24));
        }
        for (int minute = 0; minute < 60; minute++) {
            add(rows, 1, now.minus(Duration.ofMinutes(minute)).truncatedTo(ChronoUnit.MINUTES), busy(minute, 90) / 12);
        }
        try (Connection connection = shop.bean(DataSource.class).getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO reftrail_count"
                        + " (minutes, started_at, stage, event, backend, reason, currency, events, amount)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Row row : rows) {
                Count count = row.count();
                insert.setInt(1, row.minutes());
                insert.setLong(2, count.from().toEpochMilli());
                insert.setString(3, count.stage().name());
                insert.setString(4, count.event() == null ? "" : count.event().name());
                insert.setString(5, count.backend() == null ? "" : count.backend());
                insert.setString(6, count.reason());
                insert.setString(7, count.currency() == null ? "" : count.currency());
                insert.setLong(8, count.events());
                insert.setLong(9, count.amount());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private record Row(int minutes, Count count) {}

    private static double busy(int step, int day) {
        return 60 + 45 * Math.sin(step * 2 * Math.PI / day) + RANDOM.nextInt(20);
    }

    private static void add(List<Row> rows, int minutes, Instant from, double clicks) {
        for (String backend : List.of("introw", "refport", "dub")) {
            double share = backend.equals("introw") ? 0.5 : 0.25;
            double own = clicks * share;
            add(rows, minutes, from, CaptureResult.CAPTURED, backend, own);
            add(rows, minutes, from, CaptureResult.RENEWED, backend, own * 0.1);
            add(rows, minutes, from, CaptureResult.CRAWLER, backend, own * 0.12);
            add(rows, minutes, from, CaptureResult.CONSENT_REFUSED, backend, own * 0.06);
            add(rows, minutes, from, CaptureResult.EMPTY, backend, own * 0.02);
            add(rows, minutes, from, LeadStatus.ENQUEUED, backend, own * 0.09);
            add(rows, minutes, from, LeadStatus.EXISTING_CUSTOMER, backend, own * 0.03);
            add(rows, minutes, from, LeadStatus.DUPLICATE, backend, own * 0.01);
            add(rows, minutes, from, SaleStatus.ENQUEUED, backend, own * 0.04);
            add(rows, minutes, from, SaleStatus.NO_LEAD, backend, own * 0.3);
            delivered(rows, minutes, from, backend, Event.Type.LEAD, "recorded", null, own * 0.085, 0);
            delivered(rows, minutes, from, backend, Event.Type.LEAD, "ignored", null, own * 0.004, 0);
            delivered(rows, minutes, from, backend, Event.Type.SALE, "recorded", "EUR", own * 0.04, 4_900);
            delivered(rows, minutes, from, backend, Event.Type.SALE, "recorded", "USD", own * 0.012, 5_900);
            delivered(rows, minutes, from, backend, Event.Type.REFUND, "recorded", "EUR", own * 0.003, 4_900);
        }
        add(rows, minutes, from, SignInReason.EXAMINED, null, clicks * 0.16);
        add(rows, minutes, from, SignInReason.NO_CLICK, null, clicks * 1.3);
    }

    private static void add(
            List<Row> rows,
            int minutes,
            Instant from,
            Decision.Reason reason,
            @Nullable String backend,
            double events) {
        put(rows, minutes, new Count(from, reason.stage(), null, backend, reason.text(), null, whole(events), 0));
    }

    private static void delivered(
            List<Row> rows,
            int minutes,
            Instant from,
            String backend,
            Event.Type event,
            String reason,
            @Nullable String currency,
            double events,
            long each) {
        long number = whole(events);
        put(
                rows,
                minutes,
                new Count(from, Decision.Stage.DELIVERY, event, backend, reason, currency, number, number * each));
    }

    private static void put(List<Row> rows, int minutes, Count count) {
        if (count.events() > 0) {
            rows.add(new Row(minutes, count));
        }
    }

    /** Rounds up as often as the fraction says. */
    private static long whole(double events) {
        return (long) (events + RANDOM.nextDouble());
    }

    @Override
    public void close() {
        shop.close();
        vendor.close();
    }
}
