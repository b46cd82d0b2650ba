package io.reftrail.samples.sandbox;

import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.Ledger.Conversion.Receipt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The clicks, leads and sales that the vendors have recorded. Looking for an earlier conversion and
 * adding a new one is one step for all callers, so of two equal reports at the same moment one is the duplicate.
 */
@Component
final class Ledger {

    private final JdbcClient jdbc;
    private final RandomIds ids;

    Ledger(JdbcClient jdbc, RandomIds ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /** Records a click now and returns its id. */
    String click(String vendor, String partner, String id) {
        return click(vendor, partner, id, Instant.now());
    }

    String click(String vendor, String partner, String id, Instant at) {
        jdbc.sql("insert into clicks (id, vendor, partner, at) values (?, ?, ?, ?)")
                .params(id, vendor, partner, at)
                .update();
        return id;
    }

    Optional<Click> find(String vendor, String id) {
        return jdbc.sql("select id, vendor, partner, at from clicks where vendor = ? and id = ?")
                .params(vendor, id)
                .query((row, n) -> new Click(
                        row.getString("id"),
                        row.getString("vendor"),
                        row.getString("partner"),
                        row.getObject("at", Instant.class)))
                .optional();
    }

    Receipt count(Conversion conversion) {
        return count(conversion, Instant.now());
    }

    synchronized Receipt count(Conversion conversion, Instant now) {
        return earlier(conversion, now)
                .map(id -> new Receipt(conversion, id, false))
                .orElseGet(() -> new Receipt(conversion, add(conversion, now), true));
    }

    private Optional<String> earlier(Conversion conversion, Instant now) {
        @Nullable String key = conversion.dedupKey();
        if (key == null) {
            return Optional.empty();
        }
        Instant since = conversion.dedupWindow() == null ? Instant.EPOCH : now.minus(conversion.dedupWindow());
        return jdbc.sql("""
                        select id from conversions
                        where vendor = ? and kind = ? and dedup_key = ? and at > ?
                        order by at limit 1
                        """)
                .params(conversion.click().vendor(), conversion.kind().name(), key, since)
                .query(String.class)
                .optional();
    }

    private String add(Conversion conversion, Instant now) {
        String id = ids.next(12);
        @Nullable Money money = conversion.money();
        jdbc.sql("""
                        insert into conversions (id, vendor, kind, dedup_key, partner, at, click_id, amount, currency)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(id)
                .param(conversion.click().vendor())
                .param(conversion.kind().name())
                .param(conversion.dedupKey())
                .param(conversion.click().partner())
                .param(now)
                .param(conversion.click().id())
                .param(money == null ? null : money.minorUnits())
                .param(money == null ? null : money.currency())
                .update();
        return id;
    }

    /** Returns whether a conversion with this key was recorded at any time. */
    boolean has(String vendor, Conversion.Kind kind, String dedupKey) {
        return jdbc.sql("select count(*) from conversions where vendor = ? and kind = ? and dedup_key = ?")
                        .params(vendor, kind.name(), dedupKey)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Forgets everything that any vendor has on record. */
    void empty() {
        jdbc.sql("delete from claims").update();
        jdbc.sql("delete from customers").update();
        jdbc.sql("delete from events").update();
        jdbc.sql("delete from conversions").update();
        jdbc.sql("delete from clicks").update();
    }

    /** A visitor followed a partner's link; the id is what travels to the merchant. */
    record Click(String id, String vendor, String partner, Instant at) {

        boolean olderThan(Duration window, Instant now) {
            return !at.plus(window).isAfter(now);
        }
    }

    /**
     * A lead or a sale that a vendor is about to count.
     *
     * @param dedupKey what the vendor deduplicates on, {@code null} where it does not
     * @param dedupWindow how long that holds, {@code null} for ever
     * @param money what was paid, {@code null} for a lead
     */
    record Conversion(
            Kind kind,
            Click click,
            @Nullable String dedupKey,
            @Nullable Duration dedupWindow,
            @Nullable Money money) {

        static Conversion lead(Click click, @Nullable String dedupKey, @Nullable Duration dedupWindow) {
            return new Conversion(Kind.LEAD, click, dedupKey, dedupWindow, null);
        }

        static Conversion sale(Click click, @Nullable String dedupKey, Money money) {
            return new Conversion(Kind.SALE, click, dedupKey, null, money);
        }

        /** The two stages of the funnel after the click. */
        enum Kind {
            LEAD,
            SALE
        }

        /** The id that counts, and whether it was given just now or belongs to an earlier conversion with the same key. */
        record Receipt(Conversion conversion, String id, boolean fresh) {

            Verdict verdict() {
                return fresh ? Verdict.RECORDED : Verdict.DUPLICATE;
            }

            String why() {
                String what = conversion.kind().name().toLowerCase(Locale.ROOT);
                String partner = conversion.click().partner();
                return fresh ? "a new " + what + ", credited to " + partner : "this " + what + " was counted before";
            }
        }
    }

    /**
     * A sale on record, for the vendors that take it back or show it again.
     *
     * @param number the same identity as the id, for vendors that count their sales
     * @param refunded in the smallest unit of the currency
     */
    record Sale(
            String id,
            long number,
            String clickId,
            String partner,
            @Nullable String dedupKey,
            Money money,
            long refunded) {

        Money rest() {
            return money.minus(refunded);
        }
    }

    /** The recorded sales: look-ups and refunds. */
    @Component
    static final class Sales {

        private final JdbcClient jdbc;

        Sales(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        Optional<Sale> byKey(String vendor, String dedupKey) {
            return jdbc.sql("select * from conversions where vendor = ? and kind = 'SALE' and dedup_key = ?")
                    .params(vendor, dedupKey)
                    .query((row, n) -> read(row))
                    .optional();
        }

        Optional<Sale> byId(String vendor, String id) {
            return jdbc.sql("select * from conversions where vendor = ? and kind = 'SALE' and id = ?")
                    .params(vendor, id)
                    .query((row, n) -> read(row))
                    .optional();
        }

        /** Refunds a part of a sale, and returns whether that much of it was left. */
        boolean refund(Sale sale, long minorUnits) {
            return jdbc.sql("update conversions set refunded = refunded + ? where id = ? and amount - refunded >= ?")
                            .params(minorUnits, sale.id(), minorUnits)
                            .update()
                    == 1;
        }

        private static Sale read(ResultSet row) throws SQLException {
            return new Sale(
                    row.getString("id"),
                    row.getLong("number"),
                    row.getString("click_id"),
                    row.getString("partner"),
                    row.getString("dedup_key"),
                    new Money(row.getLong("amount"), row.getString("currency")),
                    row.getLong("refunded"));
        }
    }
}
