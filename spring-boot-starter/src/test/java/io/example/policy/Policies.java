package io.example.policy;

import io.reftrail.model.Attribution;
import io.reftrail.policy.LeadPolicy;
import io.reftrail.policy.LeadPolicy.Verdict;
import io.reftrail.policy.Partners;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** What a shop says about who is a lead. */
@Configuration(proxyBeanMethods = false)
class Policies {

    private final Map<String, Partners.Identity> accounts =
            Map.of("nora", new Partners.Identity("customer-17", Set.of("nora@example.org")));

    @Bean
    @Order(1)
    LeadPolicy resellers() {
        return candidate -> {
            String email = candidate.customer().email();
            boolean reseller = email != null && email.endsWith("@reseller.example");
            return reseller ? Verdict.decline("reseller") : Verdict.accept();
        };
    }

    @Bean
    Partners partners() {
        return new Partners() {
            @Override
            public Identity find(Attribution click) {
                return accounts.get(click.detail(Attribution.CODE));
            }

            @Override
            public boolean isPartner(String customerId) {
                return accounts.values().stream().anyMatch(account -> customerId.equals(account.customerId()));
            }
        };
    }
}
