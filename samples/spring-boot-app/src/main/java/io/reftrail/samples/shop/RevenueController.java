package io.reftrail.samples.shop;

import io.reftrail.journey.AttributionModel;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The operator's page "revenue by source": what each kind of source has earned in the last 30 days, by each model. */
@Controller
class RevenueController {

    private static final int DAYS = 30;

    /** Reftrail's view has a row for each payment, visit and model. The shop decides what it calls a source. */
    private static final String BY_SOURCE = """
            SELECT
                model,
                CASE
                    WHEN backend = 'own' THEN 'friend'
                    WHEN backend IS NOT NULL THEN 'partner'
                    WHEN ad_parameter IS NOT NULL THEN 'advertisement'
                    WHEN utm_medium = 'email' THEN 'mail'
                    WHEN origin IN ('site', 'hidden') THEN 'other site'
                    ELSE origin
                END AS channel,
                SUM(amount) AS revenue
            FROM reftrail_attribution
            WHERE kind IN ('payment', 'refund') AND currency = 'EUR' AND occurred_at >= ?
            GROUP BY model, channel
            """;

    private static final String TOTAL = """
            SELECT COALESCE(SUM(amount), 0)
            FROM reftrail_conversion
            WHERE kind IN ('payment', 'refund') AND currency = 'EUR' AND occurred_at >= ?
            """;

    private final JdbcClient jdbc;

    RevenueController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A row of the view's sums. */
    record Revenue(String model, String channel, BigDecimal amount) {}

    /** The chart of one model. */
    record Chart(String model, String words, List<Bar> bars, BigDecimal sum) {}

    /** @param percent its length, of that of the longest bar on the page */
    record Bar(String source, BigDecimal amount, int percent) {}

    @GetMapping("/admin/revenue")
    String revenue(Model page) {
        OffsetDateTime since = OffsetDateTime.now(ZoneOffset.UTC).minusDays(DAYS);
        List<Revenue> revenues = jdbc.sql(BY_SOURCE)
                .param(since)
                .query((row, number) -> new Revenue(row.getString(1), row.getString(2), cents(row.getBigDecimal(3))))
                .list();
        BigDecimal total =
                cents(jdbc.sql(TOTAL).param(since).query(BigDecimal.class).single());
        List<Chart> charts = charts(revenues);
        page.addAttribute("days", DAYS);
        page.addAttribute("total", total);
        page.addAttribute("nobody", total.subtract(charts.get(0).sum()));
        page.addAttribute("sources", sources(revenues));
        page.addAttribute("charts", charts);
        return "revenue";
    }

    /** The sources of all models, so that each chart has the same rows: the one that earns most by any model first. */
    private static List<String> sources(List<Revenue> revenues) {
        return revenues.stream()
                .sorted(Comparator.comparing(Revenue::amount).reversed().thenComparing(Revenue::channel))
                .map(Revenue::channel)
                .distinct()
                .toList();
    }

    private static List<Chart> charts(List<Revenue> revenues) {
        BigDecimal longest = revenues.stream().map(Revenue::amount).reduce(BigDecimal.ONE, BigDecimal::max);
        List<String> sources = sources(revenues);
        return Stream.of(AttributionModel.values())
                .map(model -> {
                    List<Bar> bars = sources.stream()
                            .map(source -> bar(source, sum(revenues, model, source), longest))
                            .toList();
                    return new Chart(
                            model.text(), words(model), bars, sum(bars.stream().map(Bar::amount)));
                })
                .toList();
    }

    private static Bar bar(String source, BigDecimal amount, BigDecimal longest) {
        int percent = amount.max(BigDecimal.ZERO)
                .movePointRight(2)
                .divide(longest, RoundingMode.HALF_UP)
                .intValue();
        return new Bar(source.replace('-', ' '), amount, percent);
    }

    private static BigDecimal sum(List<Revenue> revenues, AttributionModel model, String channel) {
        return sum(revenues.stream()
                .filter(revenue -> revenue.model().equals(model.text())
                        && revenue.channel().equals(channel))
                .map(Revenue::amount));
    }

    private static BigDecimal sum(Stream<BigDecimal> amounts) {
        return amounts.reduce(cents(BigDecimal.ZERO), BigDecimal::add);
    }

    private static BigDecimal cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.UNNECESSARY);
    }

    private static String words(AttributionModel model) {
        return switch (model) {
            case FIRST_TOUCH -> "All to the first visit";
            case LAST_TOUCH -> "All to the last visit";
            case LAST_NON_DIRECT -> "All to the last visit that somebody led to";
            case LINEAR -> "The same to each visit";
            case POSITION_BASED -> "40% each to the first and the last visit";
            case TIME_DECAY -> "Half for each week before the last one";
        };
    }
}
