package io.example.bookshop;

import static io.reftrail.test.ReftrailRequestPostProcessors.clickedLinkOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.test.AutoConfigureReftrail;
import io.reftrail.test.ReportedEvents;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** Of the whole application only the controllers and Spring Security are there, and BookshopCustomers, which is tested. */
@WebMvcTest
@AutoConfigureReftrail(backends = "affitor")
class SignInTests {

    @Autowired
    MockMvcTester shop;

    private void signIn(String name, Instant clickedAt) {
        assertThat(shop.post()
                        .uri("/login")
                        .param("username", name)
                        .param("password", "secret")
                        .with(clickedLinkOf("affitor", "nora").at(clickedAt)))
                .hasRedirectedUrl("/");
    }

    @Test
    void whoIsNewerThanTheClickIsALead(ReportedEvents reported) {
        signIn("mia", Instant.now().minus(Duration.ofDays(3)));

        assertThat(reported).leads().hasLeadFor("mia").withClickId("clk_nora");
    }

    @Test
    void whoIsOlderIsNot(ReportedEvents reported) {
        signIn("ada", Instant.now().minus(Duration.ofDays(3)));

        assertThat(reported).leads().hasNoLeadFor("ada");
    }

    @Test
    void whoIsNoCustomerIsNot(ReportedEvents reported) {
        signIn("root", Instant.now());

        assertThat(reported).leads().hasNoLeads();
    }
}
