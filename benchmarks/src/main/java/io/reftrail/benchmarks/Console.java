package io.reftrail.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * {@code benchmarks/run console}: the panels of the console in an application with ten million settled events, 50,000 dead and 10,000
 * waiting ones, and with counts of 400 days. Prints how long each panel takes, from the request to its last byte. Fails if the median
 * of a panel is not below 100 ms.
 */
public final class Console {

    private static final Map<String, String> OPTIONS = Map.of("rows", "10000000", "rounds", "40");

    private static final int DEAD = 50_000;
    private static final int WAITING = 10_000;
    private static final Duration MOST = Duration.ofMillis(100);
    private static final String BACKENDS = "(VALUES ('introw'), ('refport'), ('dub'), ('affonso')) b(backend)";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Console() {}

    /** An application whose console anybody on this machine may read. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("console", arguments, OPTIONS, Console::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        try (PostgreSql postgreSql = PostgreSql.start(directory)) {
            postgreSql.create("console");
            String url = postgreSql.jdbcUrl("console");
            try (HikariDataSource pool = PostgreSql.pool(url, 2)) {
                JdbcOutbox.on(pool).createSchema(true).open().close();
                fill(pool, options.number("rows"));
                JdbcOutbox.on(pool).createSchema(true).open().close();
                PostgreSql.execute(pool, "VACUUM ANALYZE reftrail_event", "VACUUM ANALYZE reftrail_count");
            }
            try (ConfigurableApplicationContext application = SpringApplication.run(
                    Application.class,
                    "--spring.config.location=optional:file:no-configuration",
                    "--server.port=0",
                    "--spring.datasource.url=" + url,
                    "--management.endpoints.web.exposure.include=reftrail-console",
                    "--reftrail.console.enabled=true",
                    "--reftrail.console.secured-elsewhere=true",
                    "--reftrail.introw.api-key=key",
                    "--reftrail.introw.base-url=http://127.0.0.1:1",
                    "--reftrail.refport.api-key=key",
                    "--reftrail.refport.base-url=http://127.0.0.1:1",
                    "--reftrail.dub.api-key=key",
                    "--reftrail.dub.base-url=http://127.0.0.1:1",
                    "--reftrail.affonso.api-key=key",
                    "--reftrail.affonso.program-id=program",
                    "--reftrail.affonso.base-url=http://127.0.0.1:1")) {
                return ask(options, application.getEnvironment().getRequiredProperty("local.server.port"));
            }
        }
    }

    /**
     * Fills the tables without the indexes, which the outbox then makes again. The waiting events are due in a day, so that nothing is
     * sent meanwhile.
     */
    private static void fill(DataSource pool, int rows) throws Exception {
        long now = Instant.now().toEpochMilli();
        String event =
                "INSERT INTO reftrail_event (id, backend, customer, attribution, payload, occurred_at, enqueued_at, due_at, attempts,"
                        + " verdict, reason, settled_at) SELECT decode(md5('%1$s' || n), 'hex'),"
                        + " (ARRAY['introw','refport','dub','affonso'])[1 + n %% 4], decode(md5('c' || n), 'hex'),"
                        + " '{\"clickId\":\"c\"}', %2$s, " + now + " - n, " + now
                        + " - n, %3$s, 0, %4$s, %5$s, %6$s FROM generate_series(1, %7$d) n";
        PostgreSql.execute(
                pool,
                "DROP INDEX reftrail_event_customer, reftrail_event_follows, reftrail_event_dead, reftrail_event_settled,"
                        + " reftrail_event_clicks",
                "DELETE FROM reftrail_setting WHERE name = 'indexes'",
                event.formatted("s", "NULL", "NULL", "'RECORDED'", "'recorded'", now + " - n", rows),
                event.formatted("d", "'{}'", "253402300799999", "'DEAD'", "'no reply'", now + " - n", DEAD),
                event.formatted("w", "'{}'", now + Duration.ofDays(1).toMillis(), "NULL", "NULL", "NULL", WAITING),
                counts(24 * 60, Duration.ofDays(1), 400, now),
                counts(60, Duration.ofHours(1), 8 * 24, now),
                counts(1, Duration.ofMinutes(1), 25 * 60, now));
    }

    /** Each backend has 14 reasons in each period. */
    private static String counts(int minutes, Duration length, int periods, long now) {
        String reasons =
                "(VALUES ('LANDING','','captured',''), ('LANDING','','renewed',''), ('LANDING','','crawler',''), ('LANDING','','empty',''),"
                        + " ('LANDING','','consent-refused',''), ('LEAD','','enqueued',''), ('LEAD','','existing-customer',''),"
                        + " ('LEAD','','duplicate',''), ('SALE','','enqueued',''), ('SALE','','no-lead',''),"
                        + " ('DELIVERY','LEAD','recorded',''), ('DELIVERY','LEAD','retry',''), ('DELIVERY','SALE','recorded','EUR'),"
                        + " ('DELIVERY','REFUND','recorded','EUR')) r(stage, event, reason, currency)";
        long current = now - now % length.toMillis();
        return "INSERT INTO reftrail_count (minutes, started_at, stage, event, backend, reason, currency, events, amount) SELECT "
                + minutes + ", " + current + " - n::bigint * " + length.toMillis()
                + ", stage, event, backend, reason, currency, 1 + n % 90, CASE WHEN currency = '' THEN 0 ELSE 4900 END"
                + " FROM generate_series(0, " + (periods - 1) + ") n, " + BACKENDS + ", " + reasons;
    }

    private static boolean ask(Benchmark.Options options, String port) throws Exception {
        URI console = URI.create("http://127.0.0.1:" + port + "/actuator/reftrail/console/");
        Map<String, HttpRequest> panels = new LinkedHashMap<>();
        for (String range : List.of("hour", "day", "week", "month", "year")) {
            panels.put("funnel, " + range, get(console.resolve("data/funnel?range=" + range)));
        }
        panels.put("funnel, month, one vendor", get(console.resolve("data/funnel?range=month&backend=dub")));
        panels.put("vendors", get(console.resolve("data/vendors")));
        panels.put(
                "customer",
                HttpRequest.newBuilder(console.resolve("customer"))
                        .header("Content-Type", "application/json")
                        .header("X-Reftrail-Console", "1")
                        .POST(BodyPublishers.ofString("{\"subject\":\"kim\"}"))
                        .build());
        panels.put("doctor", get(console.resolve("data/doctor")));
        Table table = new Table("panel", "median ms", "slowest ms", "bytes");
        boolean quick = true;
        for (Map.Entry<String, HttpRequest> panel : panels.entrySet()) {
            double[] millis = new double[options.number("rounds")];
            int bytes = 0;
            for (int round = 0; round < millis.length; round++) {
                long start = System.nanoTime();
                bytes = ask(panel.getValue());
                millis[round] = (System.nanoTime() - start) / 1e6;
            }
            Arrays.sort(millis);
            double median = millis[millis.length / 2];
            quick &= median < MOST.toMillis();
            table.row(panel.getKey(), median, millis[millis.length - 1], bytes);
        }
        System.out.println(table);
        return quick;
    }

    private static HttpRequest get(URI uri) {
        return HttpRequest.newBuilder(uri).build();
    }

    private static int ask(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(request.uri() + ": status " + response.statusCode());
        }
        return response.body().length;
    }
}
