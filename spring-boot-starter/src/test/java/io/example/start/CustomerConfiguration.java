package io.example.start;

import io.reftrail.model.Customer;
import io.reftrail.security.CustomerResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says which customer has signed in, and since when they are one. */
@Configuration(proxyBeanMethods = false)
class CustomerConfiguration {

    @Bean
    CustomerResolver customers() {
        return authentication -> authentication.getPrincipal() instanceof AccountUser user
                ? Customer.of(user.id()).withEmail(user.email()).withCreatedAt(user.createdAt())
                : null; // not a customer
    }
}
