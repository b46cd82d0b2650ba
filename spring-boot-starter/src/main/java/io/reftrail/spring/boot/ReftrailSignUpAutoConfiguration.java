package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.spring.AttributionArgumentResolver;
import io.reftrail.spring.CustomerSignedUpListener;
import io.reftrail.spring.TrackLeadPostProcessor;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Auto-configuration for sign-ups that the application reports with an event, an annotation, or a controller argument. Does not
 * require Spring Security. Backs off, bean by bean, for beans of the application.
 */
@AutoConfiguration(after = ReftrailAutoConfiguration.class)
public final class ReftrailSignUpAutoConfiguration {

    /** The beans that report leads. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "reftrail.enabled", matchIfMissing = true)
    @ConditionalOnBean(Reftrail.class)
    static class ReportingConfiguration {

        @Bean
        @ConditionalOnMissingBean
        CustomerSignedUpListener reftrailCustomerSignedUpListener(Reftrail reftrail) {
            return new CustomerSignedUpListener(reftrail);
        }

        /** Processes the beans of its own context only, so each context needs one. */
        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static TrackLeadPostProcessor reftrailTrackLeadPostProcessor(ObjectProvider<Reftrail> reftrail) {
            return new TrackLeadPostProcessor(reftrail::getIfAvailable);
        }
    }

    /** Registered even if Reftrail is disabled, so that a controller with such an argument does not fail. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(WebMvcConfigurer.class)
    static class ArgumentConfiguration {

        @Bean
        @ConditionalOnMissingBean
        AttributionArgumentResolver reftrailAttributionArgumentResolver(ObjectProvider<Reftrail> reftrail) {
            return new AttributionArgumentResolver(reftrail::getIfAvailable);
        }

        @Bean
        WebMvcConfigurer reftrailWebMvcConfigurer(AttributionArgumentResolver attributions) {
            return new WebMvcConfigurer() {
                @Override
                public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                    resolvers.add(attributions);
                }
            };
        }
    }
}
