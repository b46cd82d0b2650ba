package io.reftrail.samples.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every call that reached the sandbox, in the order of arrival; ids keep growing, also when the feed is emptied. */
@Component
final class CallFeed {

    private final JdbcClient jdbc;

    private final List<Dialect> dialects;

    CallFeed(JdbcClient jdbc, List<Dialect> dialects) {
        this.jdbc = jdbc;
        this.dialects = dialects;
    }

    /** Adds a call before its answer is sent, so that a client with the answer finds the call. */
    void add(
            @Nullable String vendor,
            String method,
            String path,
            @Nullable CallKind kind,
            @Nullable Integer status,
            Verdict verdict,
            String reason,
            Subject subject) {
        add(Instant.now(), vendor, method, path, kind, status, verdict, reason, subject);
    }

    /** Adds a call of another time, where a past is made up. */
    void add(
            Instant at,
            @Nullable String vendor,
            String method,
            String path,
            @Nullable CallKind kind,
            @Nullable Integer status,
            Verdict verdict,
            String reason,
            Subject subject) {
        @Nullable Money money = subject.money();
        jdbc.sql("""
                        insert into calls (at, vendor, method, path, status, verdict, reason, partner,
                                           customer, email, email_hash, click_id, kind, amount, currency)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(at)
                .param(vendor)
                .param(method)
                .param(path)
                .param(status)
                .param(verdict.name())
                .param(reason)
                .param(subject.partner())
                .param(subject.customer())
                .param(EmailMask.mask(subject.email()))
                .param(hashes(vendor) ? EmailMask.sha256(subject.email()) : null)
                .param(subject.clickId())
                .param(kind == null ? null : kind.word())
                .param(money == null ? null : money.minorUnits())
                .param(money == null ? null : money.currency())
                .update();
    }

    private boolean hashes(@Nullable String vendor) {
        return dialects.stream()
                .anyMatch(dialect -> dialect.hashesEmail() && dialect.name().equals(vendor));
    }

    /** The calls after an id, the newest last; of more than {@code limit} the newest. */
    List<Call> after(long id, int limit) {
        List<Call> calls = new ArrayList<>(jdbc.sql("select * from calls where id > ? order by id desc limit ?")
                .params(id, limit)
                .query((row, n) -> read(row))
                .list());
        Collections.reverse(calls);
        return calls;
    }

    private static Call read(ResultSet row) throws SQLException {
        @Nullable Long amount = row.getObject("amount", Long.class);
        @Nullable String currency = row.getString("currency");
        return new Call(
                row.getLong("id"),
                row.getObject("at", Instant.class),
                row.getString("vendor"),
                row.getString("method"),
                row.getString("path"),
                row.getObject("status", Integer.class),
                Verdict.valueOf(row.getString("verdict")),
                row.getString("reason"),
                row.getString("partner"),
                row.getString("customer"),
                row.getString("email"),
                row.getString("email_hash"),
                row.getString("click_id"),
                row.getString("kind"),
                amount,
                currency,
                amount == null || currency == null ? null : new Money(amount, currency).text());
    }

    void empty() {
        jdbc.sql("delete from calls").update();
    }
}
