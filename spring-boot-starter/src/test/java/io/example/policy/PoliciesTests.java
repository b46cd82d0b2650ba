package io.example.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.LeadStatus;
import io.reftrail.Reftrail;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.outbox.WithheldEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The beans of the page on policies at work. */
class PoliciesTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    private static LeadStatus lead(Reftrail reftrail, String id, String email, String partner) {
        Attribution click = new Attribution("introw", "click", null, null, Map.of(Attribution.CODE, partner));
        LeadStatus status =
                reftrail.lead(click, Customer.of(id).withEmail(email)).status("introw");
        assertThat(status).isNotNull();
        return status;
    }

    @Test
    void theFirstPolicyThatObjectsDecides() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class, Policies.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "reftrail.introw.api-key=key",
                        "reftrail.introw.base-url=http://127.0.0.1:1",
                        "reftrail.outbox.store=memory",
                        "reftrail.delivery.shutdown-timeout=0s",
                        "reftrail.lead.self-referral=hold",
                        "reftrail.lead.disposable-mail=decline")
                .run()) {
            Reftrail reftrail = context.getBean(Reftrail.class);
            assertThat(lead(reftrail, "c-1", "kim@example.org", "nora")).isEqualTo(LeadStatus.ENQUEUED);
            assertThat(lead(reftrail, "c-2", "Nora+2@example.org", "nora")).isEqualTo(LeadStatus.HELD);
            assertThat(lead(reftrail, "customer-17", "n@example.org", "nora")).isEqualTo(LeadStatus.HELD);
            assertThat(lead(reftrail, "c-3", "nora@example.org", "leo")).isEqualTo(LeadStatus.ENQUEUED);
            assertThat(lead(reftrail, "c-4", "nora@reseller.example", "nora")).isEqualTo(LeadStatus.DECLINED);
            assertThat(lead(reftrail, "c-5", "zoe@mailinator.com", "nora")).isEqualTo(LeadStatus.DECLINED);
            assertThat(reftrail.operations().withheld(10))
                    .extracting(WithheldEvent::reason)
                    .containsExactly("self-referral", "self-referral", "reseller", "disposable-mail");
        }
    }
}
