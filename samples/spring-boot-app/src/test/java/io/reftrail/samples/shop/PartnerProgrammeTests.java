package io.reftrail.samples.shop;

import static io.reftrail.test.ReftrailRequestPostProcessors.clickedLinkOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import io.reftrail.test.AutoConfigureReftrail;
import io.reftrail.test.ReportedEvents;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** Who is reported to the partners' vendors, with nothing of the vendors there: written with the kit for applications. */
@SpringBootTest(properties = {"shop.keyring.issuer=http://127.0.0.1:1", "spring.datasource.url=jdbc:h2:mem:programme"})
@AutoConfigureMockMvc
@AutoConfigureReftrail
class PartnerProgrammeTests {

    private final MockMvcTester shop;
    private final Accounts accounts;
    private final Purchases purchases;

    PartnerProgrammeTests(@Autowired MockMvcTester shop, @Autowired Accounts accounts, @Autowired Purchases purchases) {
        this.shop = shop;
        this.accounts = accounts;
        this.purchases = purchases;
    }

    private String id(String email) {
        return EmailAddress.parse(email)
                .flatMap(accounts::findByEmail)
                .orElseThrow()
                .id();
    }

    @Test
    void whoSignsUpAndPaysIsReported(ReportedEvents reported) {
        assertThat(shop.post()
                        .uri("/signup")
                        .param("email", "pia@example.org")
                        .param("name", "Pia")
                        .param("password", "secret")
                        .with(csrf())
                        .with(clickedLinkOf("affonso", "nora")))
                .hasRedirectedUrl("/account");

        String pia = id("pia@example.org");
        assertThat(reported)
                .leads()
                .hasLeadFor(pia)
                .from("affonso")
                .withClickId("clk_nora")
                .withEmail("pia@example.org");

        purchases.add(pia, "invoice-of-pia");
        assertThat(reported).sales().hasSaleOf("29.00", "EUR").by(pia).withInvoice("invoice-of-pia");

        purchases.refundLast(pia);
        assertThat(reported).refunds().hasRefundFor(pia).ofAll();
    }

    @Test
    void anOldCustomerIsNot(ReportedEvents reported) {
        assertThat(shop.post()
                        .uri("/login")
                        .param("username", "ada@example.org")
                        .param("password", "password")
                        .with(csrf())
                        .with(clickedLinkOf("introw", "aff_1")))
                .hasRedirectedUrl("/account");

        assertThat(reported).leads().hasNoLeads();
    }
}
