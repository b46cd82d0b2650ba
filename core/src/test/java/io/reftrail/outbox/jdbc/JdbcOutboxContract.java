package io.reftrail.outbox.jdbc;

import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxCompatibilityKit;
import java.sql.SQLException;
import java.time.Duration;

/** The kit on a table, with a clock in a second one. */
abstract class JdbcOutboxContract extends OutboxCompatibilityKit {

    static final String[] EMPTY = {
        "DELETE FROM reftrail_event",
        "DELETE FROM reftrail_payer",
        "DELETE FROM reftrail_sender",
        "DELETE FROM reftrail_touch",
        "DELETE FROM reftrail_conversion",
        "DELETE FROM reftrail_correction",
        "DELETE FROM reftrail_referrer",
        "DELETE FROM reftrail_referral",
        "DELETE FROM reftrail_referral_payment",
        "DELETE FROM reftrail_recent_sign_up",
        "DELETE FROM reftrail_count",
        "DELETE FROM reftrail_note",
        "DELETE FROM reftrail_setting WHERE name = 'hash-key'"
    };

    final Dialect dialect;
    final JdbcOutboxBuilder builder;
    final Connections connections;
    final TestClockTable clock;

    JdbcOutboxContract(Dialect dialect, JdbcOutboxBuilder builder) {
        this.dialect = dialect;
        this.builder = builder;
        this.connections = builder.connections();
        this.clock = new TestClockTable(dialect, connections);
    }

    @Override
    protected Outbox open() {
        try {
            new Schema(new Sql(dialect, TableNames.USUAL), TableNames.USUAL, connections).require(true);
            clock.run(EMPTY);
            clock.reset();
            return reopen();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Another process's outbox, or this one's after a restart. */
    final Outbox reopen() {
        try {
            return builder.open(connect(), clock.sql());
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Connections of an outbox's own. */
    Connections connect() {
        return builder.connections();
    }

    @Override
    protected void advance(Duration by) {
        clock.advance(by);
    }
}
