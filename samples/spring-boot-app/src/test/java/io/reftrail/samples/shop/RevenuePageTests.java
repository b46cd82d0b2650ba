package io.reftrail.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** The operator's page, with journeys in Reftrail's tables. */
@SpringBootTest(
        properties = {
            "shop.keyring.issuer=http://127.0.0.1:1",
            "sandbox-url=http://127.0.0.1:1",
            "spring.datasource.url=jdbc:h2:mem:revenue"
        })
@AutoConfigureMockMvc
class RevenuePageTests {

    private static final Pattern ROW = Pattern.compile("<tr><th scope=\"row\">([A-Za-z ]+)</th>(.*?)</tr>");

    private final MockMvcTester shop;
    private final JdbcClient jdbc;
    private final OffsetDateTime today = OffsetDateTime.now(ZoneOffset.UTC);

    RevenuePageTests(@Autowired MockMvcTester shop, @Autowired JdbcClient jdbc) {
        this.shop = shop;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void noJourneys() {
        jdbc.sql("DELETE FROM reftrail_touch").update();
        jdbc.sql("DELETE FROM reftrail_conversion").update();
    }

    private void touch(String customer, int number, String origin, String column, String value) {
        jdbc.sql("INSERT INTO reftrail_touch (customer_id, touch_no, touched_at, origin, source, direct, stored_at, "
                        + column + ") VALUES (?, ?, ?, ?, 'any', 0, ?, ?)")
                .params(customer, number, today, origin, today, value)
                .update();
    }

    private void paid(String customer, String kind, OffsetDateTime at, String amount) {
        jdbc.sql("INSERT INTO reftrail_conversion VALUES (?, ?, ?, ?, ?, 2, 'EUR')")
                .params(customer, kind, kind + at, at, new BigDecimal(amount))
                .update();
    }

    private String page() {
        return assertThat(shop.get().uri("/admin/revenue").with(httpBasic("operator", "operator")))
                .hasStatusOk()
                .bodyText()
                .actual();
    }

    @Test
    void nobodyButTheOperatorSeesRevenue() {
        assertThat(shop.get().uri("/admin/revenue")).hasStatus(401);
        assertThat(shop.get().uri("/admin/revenue").with(user("ada").roles("USER")))
                .hasStatus(403);
    }

    @Test
    void eachModelDividesTheSameMoney() {
        touch("kim", 1, "search", "referrer", "www.google.com");
        touch("kim", 2, "hidden", "utm_medium", "email");
        touch("kim", 3, "direct", "backend", "affitor");
        paid("kim", "payment", today, "29.00");
        touch("lee", 1, "direct", "backend", "own");
        paid("lee", "payment", today, "29.00");
        paid("lee", "refund", today, "-9.00");
        paid("lee", "payment", today.minusDays(31), "29.00");

        String page = page();

        assertThat(page).contains("<strong id=\"total\">49.00 €</strong>").doesNotContain("corrected by hand");
        assertThat(page)
                .containsPattern("first-touch</th>.*last-touch</th>.*last-non-direct</th>"
                        + ".*linear</th>.*position-based</th>.*time-decay</th>");
        assertThat(ROW.matcher(page)
                        .results()
                        .map(row -> row.group(1)
                                + row.group(2).replaceAll("</?td>", " ").replaceAll(" +", " ")))
                .containsExactly(
                        "partner 0.00 29.00 29.00 9.67 11.60 9.67 ",
                        "search 29.00 0.00 0.00 9.67 11.60 9.67 ",
                        "friend 20.00 20.00 20.00 20.00 20.00 20.00 ",
                        "mail 0.00 0.00 0.00 9.66 5.80 9.66 ",
                        "Sum 49.00 49.00 49.00 49.00 49.00 49.00 ");
        assertThat(page)
                .contains("<span class=\"bar\" style=\"width: 100%\">", "<span class=\"bar\" style=\"width: 69%\">");
    }

    @Test
    void moneyOfCorrectedVisitsIsNoSources() {
        touch("kim", 1, "direct", "backend", "affitor");
        paid("kim", "payment", today, "29.00");
        touch("lee", 1, "search", "referrer", "www.google.com");
        paid("lee", "payment", today, "29.00");
        jdbc.sql("UPDATE reftrail_touch SET replaced_at = stored_at WHERE customer_id = 'kim'")
                .update();

        assertThat(page()).contains(">58.00 €<", ">29.00 €</span> are no source's");
    }

    @Test
    void aShopWithoutCustomersSaysSo() {
        assertThat(page()).contains("Nobody has paid yet");
    }
}
