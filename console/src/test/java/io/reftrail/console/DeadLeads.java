package io.reftrail.console;

import io.reftrail.Reftrail;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Settlement;
import io.reftrail.testing.TestLeads;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** Leads that were given up. */
final class DeadLeads {

    private DeadLeads() {}

    /** Gives up leads of a backend that nobody sends to, and makes them Introw's. */
    static void in(Shop shop, String... customers) throws SQLException {
        Outbox outbox = shop.bean(Reftrail.class).operations().outbox();
        for (String customer : customers) {
            outbox.enqueue(TestLeads.lead("nobody", customer));
        }
        outbox.claim("nobody", customers.length, Duration.ofMinutes(1))
                .forEach(claim -> outbox.settle(claim, new Settlement.Dead("not delivered within PT2160H")));
        try (Connection connection = shop.bean(DataSource.class).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE reftrail_event SET backend = 'introw' WHERE backend = 'nobody'");
        }
    }
}
