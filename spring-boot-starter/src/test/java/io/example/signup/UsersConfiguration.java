package io.example.signup;

import io.reftrail.Reftrail;
import io.reftrail.security.LeadReportingUserDetailsManager;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.provisioning.JdbcUserDetailsManager;

/** Users in Spring Security's own tables; those who create themselves are leads. */
@Configuration(proxyBeanMethods = false)
class UsersConfiguration {

    @Bean
    LeadReportingUserDetailsManager users(DataSource dataSource, Reftrail reftrail) {
        return LeadReportingUserDetailsManager.of(new JdbcUserDetailsManager(dataSource), reftrail);
    }
}
