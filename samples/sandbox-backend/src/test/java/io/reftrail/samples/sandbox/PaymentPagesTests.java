package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import tools.jackson.databind.JsonNode;

/** The payment page and the account's page, in a real browser. Skipped where the machine has no Chromium. */
@Tag("browser")
class PaymentPagesTests {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @RegisterExtension
    static final DashboardPage page = new DashboardPage();

    @AfterEach
    void wideAgain() {
        page.driver().manage().window().setSize(new Dimension(1400, 1200));
    }

    @Test
    void aVisitorPaysAfterACardWasDeclined() throws Exception {
        page.driver().get(checkout("payment").path("url").asString());
        assertThat(page.text(".what")).isEqualTo("Pay for 1 × Team");
        assertThat(page.text(".total")).isEqualTo("€29.00");

        page.find("[name=email]").sendKeys("kim@example.org");
        page.find("[name=number]").clear();
        page.find("[name=number]").sendKeys("4000 0000 0000 0002");
        page.find("form button").click();
        page.eventually(() -> assertThat(page.text("[role=alert]")).contains("declined"));
        page.find("[name=email]").sendKeys("kim@example.org");
        page.find("form button").click();

        page.eventually(() -> assertThat(page.driver().getCurrentUrl()).endsWith("/payments?back"));
        page.eventually(() ->
                assertThat(page.text("#rows")).contains("Payment, succeeded", "29.00 EUR", "refund half", "dispute"));
        // Chromium reports the status 402 too.
        assertThat(page.browser().complaints()).noneMatch(text -> !text.contains("402"));
    }

    @Test
    void showsTheFieldsOfTheChosenMeansOnly() throws Exception {
        page.driver().get(checkout("payment").path("url").asString());
        assertThat(page.find(".by-card").isDisplayed()).isTrue();
        assertThat(page.find(".by-debit").isDisplayed()).isFalse();

        page.find("#sepa").click();

        assertThat(page.find(".by-card").isDisplayed()).isFalse();
        assertThat(page.find(".by-debit").isDisplayed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment", "subscription"})
    void fitsASmallScreen(String mode) throws Exception {
        page.driver().manage().window().setSize(new Dimension(390, 844));
        page.driver().get(checkout(mode).path("url").asString());
        assertThat(page.run("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        assertThat(page.text("form button")).isEqualTo(mode.equals("payment") ? "Pay €29.00" : "Subscribe");

        openAccount();
        assertThat(page.run("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }

    @Test
    void aSubscriptionIsRenewedAndRefundedByButtons() {
        openAccount();
        page.find("[data-journey=subscribe]:not([data-trial])").click();
        page.eventually(() -> assertThat(page.text("#rows")).contains("Team, each month, active"));

        press("renew");
        page.eventually(() -> assertThat(page.texts("#rows .payment")).hasSize(2));
        press("refund half");
        page.eventually(() -> assertThat(page.text("#rows")).contains("14.50 EUR given back"));
        press("dispute");
        page.eventually(() -> press("dispute is lost"));
        page.eventually(() -> assertThat(page.text("#rows")).contains("dispute lost, 29.00 EUR given back"));
        press("cancel");
        page.eventually(() -> assertThat(page.text("#rows")).contains("Team, each month, canceled"));
        assertThat(page.text("#events")).contains("customer.subscription.deleted", "charge.dispute.closed");
        assertThat(page.browser().complaints()).isEmpty();
    }

    private void openAccount() {
        page.driver().get("http://127.0.0.1:" + sandbox.port() + "/payments");
        page.eventually(() -> assertThat(page.text("#state")).isEqualTo("live"));
    }

    private void press(String label) {
        page.driver()
                .findElement(By.xpath("//section[2]//button[text()='" + label + "']"))
                .click();
    }

    private static JsonNode checkout(String mode) throws Exception {
        String recurring = mode.equals("subscription") ? "&line_items[0][price_data][recurring][interval]=month" : "";
        return json(
                sandbox.send(sandbox.request("/stripe/v1/checkout/sessions", "Authorization", "Bearer sk_test_sandbox")
                        .POST(BodyPublishers.ofString("mode=" + mode + "&line_items[0][price_data][currency]=eur"
                                + "&line_items[0][price_data][unit_amount]=2900"
                                + "&line_items[0][price_data][product_data][name]=Team" + recurring
                                + "&success_url=http%3A%2F%2F127.0.0.1%3A" + sandbox.port() + "%2Fpayments%3Fback"))));
    }
}
