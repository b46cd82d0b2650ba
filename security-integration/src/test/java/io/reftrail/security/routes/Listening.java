package io.reftrail.security.routes;

import io.reftrail.Reftrail;
import io.reftrail.security.CustomerResolver;
import io.reftrail.security.LeadReportingListener;
import io.reftrail.security.SessionSignInFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reports sign-ins. */
@Configuration
class Listening {

    @Bean
    LeadReportingListener listener(Reftrail reftrail, CustomerResolver customers) {
        return new LeadReportingListener(reftrail, customers);
    }

    @Bean
    SessionSignInFilter sessionSignIns(Reftrail reftrail, CustomerResolver customers) {
        return new SessionSignInFilter(reftrail, customers);
    }
}
