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
 * Hears of sign-ups that the application tells of: by an event, by an annotation, or in a controller that asks for the click.
 * Needs no Spring Security. Backs off, part by part, for beans of the application's own.
 */
@AutoConfiguration(after = ReftrailAutoConfiguration.class)
public final class ReftrailSignUpAutoConfiguration {

    /** What reports leads. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "reftrail.enabled", matchIfMissing = true)
    @ConditionalOnBean(Reftrail.class)
    static class ReportingConfiguration {

        @Bean
        @ConditionalOnMissingBean
        CustomerSignedUpListener reftrailCustomerSignedUpListener(Reftrail reftrail) {
            return new CustomerSignedUpListener(reftrail);
        }

        /** One for each context: it sees the beans of its own alone. */
        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static TrackLeadPostProcessor reftrailTrackLeadPostProcessor(ObjectProvider<Reftrail> reftrail) {
            return new TrackLeadPostProcessor(reftrail::getIfAvailable);
        }
    }

    /** There where Reftrail is switched off, too: a controller that asks for a click must not fail then. */
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
