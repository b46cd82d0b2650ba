package io.reftrail.spring;

import io.reftrail.Reftrail;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The annotation as an application without Spring Boot enables it. */
@Configuration(proxyBeanMethods = false)
class TrackingConfiguration {

    @Bean
    static TrackLeadPostProcessor trackLead(ObjectProvider<Reftrail> reftrail) {
        return new TrackLeadPostProcessor(reftrail::getIfAvailable);
    }
}
