package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.security.CrossSiteSignIns;
import io.reftrail.security.CustomerResolver;
import io.reftrail.security.DefaultCustomerResolver;
import io.reftrail.security.LeadReportingListener;
import io.reftrail.security.RequiredFactors;
import java.util.function.Predicate;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.util.ClassUtils;

/** Reports sign-ins, where the application has Spring Security. Backs off for a listener of the application's own. */
@AutoConfiguration(after = ReftrailAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({AbstractAuthenticationEvent.class, SecurityFilterChain.class})
@ConditionalOnProperty(name = "reftrail.enabled", matchIfMissing = true)
@ConditionalOnBean(Reftrail.class)
public final class ReftrailSecurityAutoConfiguration {

    private static final String FACTORY = "org.springframework.security.authorization.AuthorizationManagerFactory";

    @Bean
    @ConditionalOnMissingBean
    CustomerResolver reftrailCustomerResolver() {
        return new DefaultCustomerResolver();
    }

    @Bean
    @ConditionalOnMissingBean
    LeadReportingListener leadReportingListener(
            Reftrail reftrail, CustomerResolver customers, ReftrailProperties properties, ListableBeanFactory beans) {
        return new LeadReportingListener(reftrail, customers, isSignedIn(properties, beans));
    }

    /** Spring Boot puts a filter that says nothing of its order last, so this one is behind Spring Security's. */
    @Bean
    @ConditionalOnMissingBean
    CrossSiteSignIns crossSiteSignIns(
            Reftrail reftrail, CustomerResolver customers, ReftrailProperties properties, ListableBeanFactory beans) {
        return new CrossSiteSignIns(reftrail, customers, isSignedIn(properties, beans));
    }

    private static Predicate<Authentication> isSignedIn(ReftrailProperties properties, ListableBeanFactory beans) {
        return switch (properties.lead().factors()) {
            case FIRST -> authentication -> true;
            case ALL -> allFactors(beans);
        };
    }

    private static Predicate<Authentication> allFactors(ListableBeanFactory beans) {
        if (!ClassUtils.isPresent(FACTORY, ReftrailSecurityAutoConfiguration.class.getClassLoader())) {
            throw new InvalidSettingException(
                    "lead.factors",
                    "'all' needs Spring Security 7, the first version that asks for several factors",
                    "Write {prefix}lead.factors=first.");
        }
        return new RequiredFactors(new AuthorizationRules(beans));
    }
}
