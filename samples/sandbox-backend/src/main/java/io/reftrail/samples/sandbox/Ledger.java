package io.reftrail.samples.sandbox;

import io.reftrail.samples.sandbox.Conversion.Receipt;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the vendors have on record: clicks, and the leads and sales that counted. Looking for an earlier conversion and
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

    /** Whether a conversion with this key was ever counted. */
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
}
