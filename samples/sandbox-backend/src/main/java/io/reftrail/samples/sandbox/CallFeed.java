package io.reftrail.samples.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonValue;
import io.reftrail.samples.sandbox.Dialect.Subject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All calls that the sandbox has received, in the order of arrival. Ids grow, also after the feed was emptied. */
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

    /** Adds a call with a given time, for made-up data. */
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

    /** Returns the calls after an id, the newest last, and of more than {@code limit} calls the newest ones. */
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

    /**
     * A call in the feed, as {@code GET /sandbox/calls} shows it.
     *
     * @param vendor {@code null} if no vendor has such an endpoint
     * @param status {@code null} if no status was ever sent, or not yet
     * @param email masked
     * @param emailHash SHA-256 in hexadecimal digits, {@code null} if the vendor keeps none
     * @param kind a word of {@link CallKind}, {@code null} if no vendor has such an endpoint
     * @param amount what was paid or taken back, in the smallest unit of the currency
     * @param sum the same in the currency's own decimals, for people
     */
    record Call(
            long id,
            Instant at,
            @Nullable String vendor,
            String method,
            String path,
            @Nullable Integer status,
            Verdict verdict,
            String reason,
            @Nullable String partner,
            @Nullable String customer,
            @Nullable String email,
            @Nullable String emailHash,
            @Nullable String clickId,
            @Nullable String kind,
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable String sum) {}

    /** The kind of a call, in words that are the same for all vendors. A fault can be ordered for a kind. */
    enum CallKind {
        CLICK,
        LEAD,
        SALE,
        REFUND,
        TRIAL,
        CANCELLATION,
        READ;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The verdict on a call, in words that are the same for all vendors and independent of the status code. */
    enum Verdict {
        RECORDED,
        DUPLICATE,
        IGNORED,
        REJECTED,
        UNAUTHORIZED,
        FAULT;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Makes an address recognisable to the developer who typed it and useless to everybody else: {@code m***@example.org}.
     * Only that is stored, and the SHA-256 of the address where the vendor keeps one.
     *
     * <p>docs/contracts/affitor.md section 4 says "hashed (SHA-256) and masked" and neither how the mask looks nor whether
     * the address is changed before it is hashed. The mask is ours; the hash is of the address as it was sent, in UTF-8.
     */
    static final class EmailMask {

        private EmailMask() {}

        static @Nullable String mask(@Nullable String email) {
            if (email == null || email.isEmpty()) {
                return null;
            }
            int at = email.lastIndexOf('@');
            return at < 1 ? "***" : email.substring(0, email.offsetByCodePoints(0, 1)) + "***" + email.substring(at);
        }

        static @Nullable String sha256(@Nullable String email) {
            if (email == null || email.isEmpty()) {
                return null;
            }
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(email.getBytes(UTF_8)));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java runtime has SHA-256", impossible);
            }
        }
    }
}
