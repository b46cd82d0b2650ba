package io.reftrail.samples.shop;

import static io.reftrail.test.ReftrailRequestPostProcessors.clickedLinkOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import com.stripe.net.Webhook;
import io.reftrail.PaymentReason;
import io.reftrail.payments.StripePayments;
import io.reftrail.test.AutoConfigureReftrail;
import io.reftrail.test.ReportedEvents;
import java.security.GeneralSecurityException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Who is reported to the partners' vendors, with nothing of the vendors there: written with the kit for applications. */
@SpringBootTest(properties = {"shop.keyring.issuer=http://127.0.0.1:1", "spring.datasource.url=jdbc:h2:mem:programme"})
@AutoConfigureMockMvc
@AutoConfigureReftrail
class PartnerProgrammeTests {

    private final MockMvcTester shop;
    private final Accounts accounts;
    private final StripePayments stripe;

    PartnerProgrammeTests(
            @Autowired MockMvcTester shop, @Autowired Accounts accounts, @Autowired StripePayments stripe) {
        this.shop = shop;
        this.accounts = accounts;
        this.stripe = stripe;
    }

    private String id(String email) {
        return EmailAddress.parse(email)
                .flatMap(accounts::findByEmail)
                .orElseThrow()
                .id();
    }

    @Test
    void whoSignsUpAndPaysIsReported(ReportedEvents reported) throws GeneralSecurityException {
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

        deliver("invoice.paid", """
                {"id":"in_pia","object":"invoice","status":"paid","currency":"eur","amount_paid":2900,"total":2900,
                 "billing_reason":"subscription_create","customer":"cus_pia","parent":{"type":"subscription_details",
                 "subscription_details":{"subscription":"sub_pia","metadata":{"reftrail_customer":"%s"}}}}
                """.formatted(pia));
        assertThat(reported).sales().hasSaleOf("29.00", "EUR").by(pia).withInvoice("in_pia");

        deliver("invoice_payment.paid", """
                {"id":"inpay_pia","object":"invoice_payment","invoice":"in_pia",
                 "payment":{"type":"payment_intent","payment_intent":"pi_pia"}}
                """);
        deliver("refund.created", """
                {"id":"re_pia","object":"refund","status":"succeeded","amount":2900,"currency":"eur",
                 "charge":"ch_pia","payment_intent":"pi_pia"}
                """);
        assertThat(reported).refunds().hasRefundFor(pia).of("29.00", "EUR");
    }

    /** Delivers an event as Stripe does. */
    private void deliver(String type, String object) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String payload = """
                {"id":"evt_1","object":"event","type":"%s","created":%d,"livemode":false,"data":{"object":%s}}
                """.formatted(type, now, object);
        String signature = Webhook.Util.computeHmacSha256("whsec_sandbox", now + "." + payload);
        assertThat(stripe.accept(payload, "t=" + now + ",v1=" + signature)).isEqualTo(PaymentReason.RECORDED);
    }

    @Test
    void whoGivesACodeIsReportedForItsPartnerAndATypingErrorIsSaid(ReportedEvents reported) {
        assertThat(signUp("zoe@example.org", "summer-nobody"))
                .hasStatusOk()
                .bodyText()
                .contains("no such code");
        assertThat(signUp("zoe@example.org", " summer-nora ")).hasRedirectedUrl("/account");

        assertThat(reported).leads().hasLeadFor(id("zoe@example.org")).from("affitor");
    }

    private MvcTestResult signUp(String email, String code) {
        return shop.post()
                .uri("/signup")
                .param("email", email)
                .param("name", "Zoe")
                .param("password", "secret")
                .param("referral-code", code)
                .with(csrf())
                .exchange();
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
