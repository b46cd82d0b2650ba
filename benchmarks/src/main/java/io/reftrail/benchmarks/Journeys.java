package io.reftrail.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.journey.AttributionModel;
import io.reftrail.outbox.JourneyStore;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import javax.sql.DataSource;

/**
 * {@code benchmarks/run journeys}: ten million touches of 2.5 million customers in PostgreSQL, who signed up and paid once in two years.
 * Measures how long a customer's journey takes, and the revenue of one month by source and model in the view. Prints the plans. Fails if a
 * journey is not looked up by the index alone, or a month takes longer than half a minute.
 */
public final class Journeys {

    private static final Map<String, String> OPTIONS = Map.of("rows", "10000000", "lookups", "2000");

    private static final int TOUCHES_EACH = 4;

    private static final int SLOWEST_MONTH_MILLIS = 30_000;

    private static final int LONGEST_LINE = 160;

    private static final String MONTH = """
            SELECT source, SUM(amount), SUM(share) FROM reftrail_attribution
            WHERE model = ? AND kind = 'payment'
            AND occurred_at >= TIMESTAMPTZ '2026-03-01 00:00:00Z' AND occurred_at < TIMESTAMPTZ '2026-04-01 00:00:00Z'
            GROUP BY source ORDER BY 2 DESC""";

    private Journeys() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("journeys", arguments, OPTIONS, Journeys::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        int customers = options.number("rows") / TOUCHES_EACH;
        try (PostgreSql postgreSql = PostgreSql.start(directory)) {
            postgreSql.create("journeys");
            try (HikariDataSource pool = PostgreSql.pool(postgreSql.jdbcUrl("journeys"), 2);
                    JdbcOutbox outbox = JdbcOutbox.on(pool).createSchema(true).open()) {
                fill(pool, customers);
                boolean indexed = lookUp(pool, outbox, customers, options.number("lookups"));
                boolean quick = months(pool);
                return indexed && quick;
            }
        }
    }

    /** Touches up to twelve weeks before the sign-up, sign-ups spread over two years, and a payment an hour after each. */
    private static void fill(DataSource database, int customers) throws SQLException, IOException {
        String signedUp = "TIMESTAMPTZ '2025-01-01 00:00:00Z' + c * INTERVAL '730 days' / " + customers;
        PostgreSql.execute(database, """
                INSERT INTO reftrail_touch (customer_id, touch_no, touched_at, origin, source, direct, referrer, landing_path,
                utm_source, utm_medium, utm_campaign, backend, partner_code, stored_at)
                SELECT 'customer-' || c, t, %1$s - (5 - t) * INTERVAL '3 weeks',
                CASE (c + t) %% 4 WHEN 0 THEN 'search' WHEN 1 THEN 'social' WHEN 2 THEN 'site' ELSE 'direct' END,
                CASE (c + t) %% 4 WHEN 0 THEN 'Google' WHEN 1 THEN 'newsletter-' || c %% 50 WHEN 2 THEN 'introw' ELSE 'direct' END,
                CASE (c + t) %% 4 WHEN 3 THEN 1 ELSE 0 END, 'www.example.com', '/pricing/' || c %% 100,
                CASE (c + t) %% 4 WHEN 1 THEN 'newsletter-' || c %% 50 END, 'email', 'campaign-' || c %% 1000,
                CASE (c + t) %% 4 WHEN 2 THEN 'introw' END, NULL, %1$s
                FROM generate_series(1, %2$d) c, generate_series(1, %3$d) t""".formatted(signedUp, customers, TOUCHES_EACH));
        PostgreSql.execute(database, """
                INSERT INTO reftrail_conversion (customer_id, kind, conversion_id, occurred_at, amount, decimals, currency)
                SELECT 'customer-' || c, CASE k WHEN 0 THEN 'sign-up' ELSE 'payment' END, CASE k WHEN 0 THEN 'sign-up' ELSE 'inv-' || c END,
                %1$s + k * INTERVAL '1 hour', CASE k WHEN 0 THEN NULL ELSE 10 + c %% 9000 / 100.0 END, 2,
                CASE k WHEN 0 THEN NULL ELSE 'EUR' END
                FROM generate_series(1, %2$d) c, generate_series(0, 1) k""".formatted(signedUp, customers));
        try (InputStream script = Journeys.class.getResourceAsStream("/io/reftrail/outbox/views/postgresql.sql")) {
            PostgreSql.execute(
                    database, new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
        }
        PostgreSql.execute(database, "VACUUM ANALYZE reftrail_touch");
        PostgreSql.execute(database, "VACUUM ANALYZE reftrail_conversion");
    }

    /** Returns whether the index alone finds the touches of a customer. */
    private static boolean lookUp(DataSource database, JdbcOutbox outbox, int customers, int lookups)
            throws SQLException {
        JourneyStore journeys = Objects.requireNonNull(outbox.journeys());
        Random random = new Random(7);
        double[] millis = new double[lookups];
        for (int i = 0; i < lookups; i++) {
            long start = System.nanoTime();
            Objects.requireNonNull(journeys.find("customer-" + (1 + random.nextInt(customers))));
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        Table table = new Table("%,d touches".formatted((long) customers * TOUCHES_EACH), "median ms", "99% ms");
        table.row("journey of a customer", millis[lookups / 2], millis[lookups * 99 / 100]);
        System.out.println(table);
        String plan = plan(
                database,
                "SELECT * FROM reftrail_touch WHERE customer_id = 'customer-" + customers / 2 + "' ORDER BY touch_no");
        System.out.println(plan);
        return plan.contains("reftrail_touch_pkey") && !plan.contains("Seq Scan");
    }

    private static boolean months(DataSource database) throws SQLException {
        Table table = new Table("one month of the view", "sources", "ms");
        boolean fast = true;
        for (AttributionModel model : AttributionModel.values()) {
            try (Connection connection = database.getConnection();
                    PreparedStatement statement = connection.prepareStatement(MONTH)) {
                statement.setString(1, model.text());
                long start = System.nanoTime();
                int sources = 0;
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        sources++;
                    }
                }
                double millis = (System.nanoTime() - start) / 1e6;
                fast &= sources > 0 && millis < SLOWEST_MONTH_MILLIS;
                table.row(model.text(), sources, millis);
            }
        }
        System.out.println(table);
        System.out.println(plan(database, MONTH.replace("?", "'linear'")));
        return fast;
    }

    /** The view's expressions make lines of some thousand characters. */
    private static String shortened(String line) {
        return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "..." : line;
    }

    private static String plan(DataSource database, String query) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + query)) {
            while (row.next()) {
                plan.append(shortened(row.getString(1))).append(System.lineSeparator());
            }
        }
        return plan.toString();
    }
}
