package io.reftrail.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Customer;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Withheld;
import io.reftrail.testing.TestLeads;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The page in a browser: what it shows, by pointer and by keyboard, on each screen, and to a screen reader. */
@Tag("browser")
class ConsolePageTests {

    private static BusyShop busy;
    private static Page page;

    @BeforeAll
    static void open() throws Exception {
        page = Page.start();
        busy = new BusyShop();
    }

    @AfterAll
    static void close() {
        for (AutoCloseable part : new @Nullable AutoCloseable[] {page, busy}) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception failure) {
                throw new AssertionError(failure);
            }
        }
    }

    @BeforeEach
    void lookAtADesk() {
        page.look(1240, 1000, "light");
    }

    @ParameterizedTest(name = "{0}, {1} px, {2}")
    @CsvSource({
        "funnel,1240,light",
        "funnel,390,dark",
        "vendors,1240,dark",
        "vendors,390,light",
        "customer,1240,light",
        "customer,390,dark",
        "doctor,1240,dark",
        "doctor,390,light"
    })
    void eachTabIsAccessibleAndFitsItsScreen(String tab, int width, String scheme) throws Exception {
        page.look(width, 900, scheme);
        page.open(busy.shop(), tab);
        if (tab.equals("customer")) {
            lookUp("kim");
        }
        page.run("document.querySelectorAll('#' + arguments[0] + ' details').forEach(part => part.open = true)", tab);

        assertThat(page.violations()).isEmpty();
        assertThat(page.run("return document.documentElement.scrollWidth")).isEqualTo((long) width);
        assertThat(page.complaints()).isEmpty();
        Path pictures = Path.of("target", "pictures");
        Files.createDirectories(pictures);
        Files.write(pictures.resolve(tab + "-" + width + "-" + scheme + ".png"), page.picture());
    }

    @Test
    void theFunnelIsReadWithItsReasons() {
        page.open(busy.shop(), "funnel");
        page.eventually(() -> assertThat(page.text("#steps")).contains("Landings", "captured of", "not captured"));
        page.find("#steps .step .why summary").click();
        page.eventually(() -> assertThat(page.text("#steps .reasons")).contains("crawler", "crawler or link preview"));
        page.eventually(() -> assertThat(page.text("#money")).contains("EUR", "\u20ac"));
        page.eventually(() -> assertThat(page.text("#readout")).contains("Since"));
    }

    @Test
    void theTabsAreChosenByKeyboardAndKeptInTheAddress() {
        page.open(busy.shop(), "funnel");
        page.run("document.querySelector('#tab-funnel').focus()");
        page.press(Keys.ARROW_RIGHT);
        assertThat(page.focus()).isEqualTo("#tab-vendors");
        page.eventually(() -> assertThat(page.text("#cards")).contains("running"));
        page.press(Keys.END);
        assertThat(page.focus()).isEqualTo("#tab-doctor");
        page.press(Keys.ARROW_RIGHT);
        assertThat(page.focus()).isEqualTo("#tab-funnel");
        assertThat(page.run("return location.hash")).isEqualTo("#funnel");
    }

    @Test
    void aProbeIsSentAndTheVendorRunsAgain() {
        busy.shop().reftrail().lead(BusyShop.click("refport"), Customer.of("probed"));
        page.open(busy.shop(), "vendors");
        page.eventually(() -> assertThat(page.text("#cards")).contains("key refused", "HTTP 401"));
        busy.accept();
        page.eventually(() -> {
            page.run("[...document.querySelectorAll('.resume')].filter(b => !b.hidden).forEach(b => b.click())");
            assertThat(page.text("#news")).contains("the pause ends on all nodes");
        });
        page.eventually(() -> assertThat(page.text("#cards")).doesNotContain("key refused"));
        busy.refuse();
    }

    @Test
    void aDeadEventIsDiscardedAfterAQuestion() throws Exception {
        DeadLeads.in(busy.shop(), "dead-1");
        page.open(busy.shop(), "vendors");
        page.eventually(() -> assertThat(page.text("#dead")).contains("not delivered within"));
        page.find("#dead .danger").click();
        page.eventually(() -> assertThat(page.text("#ask-title")).isEqualTo("Discard the event?"));
        assertThat(page.violations()).isEmpty();
        page.press(Keys.ESCAPE);
        assertThat(busy.shop().reftrail().operations().outbox().dead(10)).hasSize(1);

        page.find("#dead .danger").click();
        page.find("#ask-yes").click();
        page.eventually(
                () -> assertThat(page.find("#nothing-dead").isDisplayed()).isTrue());
        assertThat(busy.shop().reftrail().operations().outbox().dead(10)).isEmpty();
    }

    @Test
    void aHeldLeadIsReleasedAndAnotherDiscardedAfterAQuestion() throws Exception {
        Outbox outbox = busy.shop().reftrail().operations().outbox();
        outbox.withhold(TestLeads.lead("introw", "held-1"), Withheld.HELD, "same-network");
        outbox.withhold(TestLeads.lead("introw", "held-2"), Withheld.DECLINED, "self-referral");
        page.open(busy.shop(), "vendors");
        page.eventually(() -> assertThat(page.text("#withheld"))
                .contains("held: same-network (customer held-1, partner unknown)", "declined: self-referral"));
        assertThat(page.violations()).isEmpty();
        page.find("#withheld button").click();
        page.eventually(() -> assertThat(page.text("#news")).contains("The lead is sent now."));
        page.eventually(() -> assertThat(page.text("#withheld")).doesNotContain("held-1"));

        page.find("#withheld .danger").click();
        page.eventually(() -> assertThat(page.text("#ask-title")).isEqualTo("Discard the lead?"));
        page.find("#ask-yes").click();
        page.eventually(
                () -> assertThat(page.find("#withheld-card").isDisplayed()).isFalse());
        assertThat(busy.shop().reftrail().operations().withheld(10)).isEmpty();
    }

    @Test
    void oneCustomerIsLookedUpAndForgottenByKeyboard() {
        busy.shop().reftrail().rememberSignIn(Customer.of("mia"));
        page.eventually(
                () -> assertThat(busy.shop().reftrail().operations().outbox().firstSignIn("mia"))
                        .isNotNull());
        page.open(busy.shop(), "customer");
        lookUp("mia");
        page.eventually(() -> assertThat(page.text("#events")).contains("signed in for the first time"));
        assertThat(page.focus()).isEqualTo("#summary");
        page.press(Keys.TAB);
        assertThat(page.focus()).isEqualTo("#export");
        page.press(Keys.ENTER);
        page.eventually(() -> assertThat(page.text("#news")).contains("customer.json"));
        page.press(Keys.TAB);
        assertThat(page.focus()).isEqualTo("#forget");
        page.press(Keys.ENTER);
        page.eventually(() -> assertThat(page.text("#ask-title")).isEqualTo("Forget this customer?"));
        page.press(Keys.TAB);
        page.press(Keys.ENTER);
        page.eventually(() -> assertThat(page.text("#summary")).contains("Nothing is stored"));
        assertThat(busy.shop().reftrail().operations().outbox().firstSignIn("mia"))
                .isNull();
    }

    @Test
    void theDoctorShowsWhatIsWrongFirst() {
        page.open(busy.shop(), "doctor");
        page.eventually(() -> assertThat(page.text("#findings")).contains("Reftrail reports to"));
        page.find("#keys button").click();
        page.eventually(() -> assertThat(page.text("#keys")).contains("documents no call"));
    }

    @Test
    void anOutageOfTheApplicationIsSaid() {
        try (Shop closing = new Shop()) {
            page.open(closing, "funnel");
        }
        page.eventually(() ->
                assertThat(page.text("#state")).startsWith("The application does not answer. What you see is from"));
        page.complaints();
    }

    private static void lookUp(String customer) {
        page.find("#customer-id").sendKeys(customer, Keys.ENTER);
        page.eventually(() -> assertThat(page.text("#summary")).isNotEmpty());
    }
}
