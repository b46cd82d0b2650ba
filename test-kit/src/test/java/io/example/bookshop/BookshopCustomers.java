package io.example.bookshop;

import io.reftrail.model.Customer;
import io.reftrail.security.CustomerResolver;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/** Who is a customer, and since when. */
@Configuration(proxyBeanMethods = false)
class BookshopCustomers {

    @Bean
    CustomerResolver customers() {
        return BookshopCustomers::customer;
    }

    private static @Nullable Customer customer(Authentication authentication) {
        Set<String> roles = AuthorityUtils.authorityListToSet(authentication.getAuthorities());
        if (roles.contains("ROLE_OPERATOR")) {
            return null;
        }
        Instant since = roles.contains("ROLE_SINCE-2024") ? Instant.parse("2024-02-29T12:00:00Z") : Instant.now();
        return Customer.of(authentication.getName()).withCreatedAt(since);
    }
}
