package io.reftrail.outbox.jdbc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.journey.AttributionModel;
import io.reftrail.journey.AttributionModel.Portion;
import io.reftrail.journey.AttributionModel.Share;
import io.reftrail.journey.Conversion;
import io.reftrail.journey.Correction;
import io.reftrail.journey.Journey;
import io.reftrail.journey.Touch;
import io.reftrail.journey.Touch.Origin;
import io.reftrail.journey.Touch.Partner;
import io.reftrail.journey.Touch.Utm;
import io.reftrail.model.Money;
import io.reftrail.outbox.JourneyStore;
import io.reftrail.testing.H2Server;
import io.reftrail.testing.MariaDbServer;
import io.reftrail.testing.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The view says in SQL what the models say in Java. */
@Tag("compatibility")
class AttributionViewTests {

    /** So that the views of this test stand on no table of another one. */
    private static final String PREFIX = "viewed_";

    private static final Instant START = Instant.parse("2026-03-01T10:15:30Z");

    private static final List<String> CURRENCIES = List.of("EUR", "JPY", "KWD");

    static Stream<Arguments> databases() throws SQLException {
        return Stream.of(
                Arguments.of("postgresql", PostgresServer.dataSource()),
                Arguments.of("mysql", MariaDbServer.dataSource()),
                Arguments.of("h2", H2Server.dataSource()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void theViewDividesAsTheModelsDo(String database, DataSource dataSource) throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                JdbcOutbox outbox = JdbcOutbox.on(dataSource)
                        .tablePrefix(PREFIX)
                        .createSchema(true)
                        .open()) {
            statement.execute("DELETE FROM viewed_touch");
            statement.execute("DELETE FROM viewed_conversion");
            statement.execute(script(database));
            statement.execute(script(database));
            Random random = new Random(4_711);
            Map<String, List<String>> expected = new TreeMap<>();
            for (int i = 0; i < 60; i++) {
                Journey journey = store(outbox, "customer-" + i, random);
                for (Conversion conversion : journey.conversions()) {
                    for (AttributionModel model : AttributionModel.values()) {
                        expected.put(
                                journey.customerId() + " " + conversion.id() + " " + model.text(),
                                divided(journey, conversion, model));
                    }
                }
            }
            expected.values().removeIf(List::isEmpty);

            assertThat(rows(statement)).isEqualTo(expected);
            statement.execute("DROP VIEW viewed_attribution");
        }
    }

    private static Journey store(JdbcOutbox outbox, String customer, Random random) {
        JourneyStore journeys = requireNonNull(outbox.journeys());
        List<Touch> touches = new ArrayList<>();
        Instant time = START;
        for (int i = random.nextInt(6); i >= 0; i--) {
            time = time.plusSeconds(random.nextInt(30 * 86_400));
            touches.add(touch(time, random));
        }
        journeys.open(customer, touches, Conversion.signUp(time.plusMillis(123)));
        for (int i = random.nextInt(4); i > 0; i--) {
            Money money = new Money(
                    BigDecimal.valueOf(random.nextInt(100_000)),
                    java.util.Currency.getInstance(CURRENCIES.get(random.nextInt(CURRENCIES.size()))));
            boolean refund = random.nextInt(5) == 0;
            journeys.add(
                    customer,
                    new Conversion(
                            refund ? Conversion.Kind.REFUND : Conversion.Kind.PAYMENT,
                            "inv-" + i,
                            time.plus(Duration.ofDays(i)),
                            money.amount()
                                    .divide(new BigDecimal(7), money.amount().scale(), java.math.RoundingMode.DOWN)
                                    .multiply(BigDecimal.valueOf(refund ? -1 : 1)),
                            money.currency()));
        }
        if (random.nextInt(4) == 0) {
            Partner partner = random.nextBoolean() ? new Partner("introw", "max") : null;
            Correction correction = new Correction(time.plusSeconds(3_600), partner, "by hand", "lee");
            journeys.correct(
                    customer,
                    correction,
                    partner == null
                            ? null
                            : new Touch(
                                    correction.time(), Origin.BY_HAND, "introw", null, null, Utm.NONE, null, partner));
        }
        return requireNonNull(journeys.find(customer));
    }

    private static Touch touch(Instant time, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Touch(time, Origin.DIRECT, "direct", null, "/", Utm.NONE, null, null);
            case 1 -> new Touch(time, Origin.SEARCH, "Google", "www.google.com", "/", Utm.NONE, null, null);
            default ->
                new Touch(
                        time,
                        Origin.SITE,
                        "introw",
                        "blog.example.org",
                        "/",
                        Utm.NONE,
                        null,
                        new Partner("introw", "nora"));
        };
    }

    private static List<String> divided(Journey journey, Conversion conversion, AttributionModel model) {
        List<Share> shares = model.shares(journey);
        BigDecimal amount = conversion.amount();
        List<Portion> portions = amount == null ? List.of() : model.divide(amount, journey);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            rows.add(row(
                    shares.get(i).touch().source(),
                    shares.get(i).share(),
                    portions.isEmpty() ? null : portions.get(i).amount()));
        }
        return rows;
    }

    private static String row(String source, BigDecimal share, @Nullable BigDecimal amount) {
        return source + " " + plain(share) + " " + (amount == null ? "-" : plain(amount));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static Map<String, List<String>> rows(Statement statement) throws SQLException {
        Map<String, List<String>> rows = new TreeMap<>();
        try (ResultSet row = statement.executeQuery("SELECT * FROM viewed_attribution ORDER BY touch_no")) {
            while (row.next()) {
                String key = row.getString("customer_id") + " " + row.getString("conversion_id") + " "
                        + row.getString("model");
                rows.computeIfAbsent(key, absent -> new ArrayList<>())
                        .add(row(row.getString("source"), row.getBigDecimal("share"), row.getBigDecimal("amount")));
            }
        }
        return rows;
    }

    private static String script(String database) throws IOException {
        try (InputStream script =
                JdbcOutbox.class.getResourceAsStream("/io/reftrail/outbox/views/" + database + ".sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)^--.*$", "")
                    .replace("reftrail_", PREFIX)
                    .replace(";", "");
        }
    }
}
