package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.security.CustomerResolver;
import io.reftrail.security.DefaultCustomerResolver;
import io.reftrail.security.LeadReportingListener;
import io.reftrail.security.RequiredFactors;
import io.reftrail.security.SessionSignInFilter;
import io.reftrail.servlet.ReferralCaptureFilter;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authorization.AuthorizationManagerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.util.ClassUtils;

/**
 * Auto-configuration for an application with Spring Security. It reports the customers who sign in. Backs off, bean by bean, for a
 * resolver, a listener or a filter of the application's own.
 */
@AutoConfiguration(after = ReftrailAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({AbstractAuthenticationEvent.class, SecurityFilterChain.class})
@ConditionalOnProperty(name = "reftrail.enabled", matchIfMissing = true)
@ConditionalOnBean(Reftrail.class)
public final class ReftrailSecurityAutoConfiguration {

    private static final String FACTORY = "org.springframework.security.authorization.AuthorizationManagerFactory";

    private static final int SPRING_SECURITY_ORDER = -100;

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

    @Bean
    @ConditionalOnMissingBean
    SessionSignInFilter sessionSignInFilter(
            Reftrail reftrail, CustomerResolver customers, ReftrailProperties properties, ListableBeanFactory beans) {
        return new SessionSignInFilter(reftrail, customers, isSignedIn(properties, beans));
    }

    /** Places the filter immediately before Spring Security's. */
    @Bean
    @ConditionalOnMissingBean(name = "sessionSignInFilterRegistration")
    FilterRegistrationBean<SessionSignInFilter> sessionSignInFilterRegistration(
            SessionSignInFilter filter, Environment environment) {
        FilterRegistrationBean<SessionSignInFilter> registration = new FilterRegistrationBean<>(filter);
        int security = environment.getProperty("spring.security.filter.order", Integer.class, SPRING_SECURITY_ORDER);
        registration.setOrder(security - 1);
        return registration;
    }

    /** Reports the sign-in routes at the start. */
    @Bean
    StartReport.Check reftrailSignInCheck(
            Reftrail reftrail,
            CustomerResolver customers,
            ConfigurableListableBeanFactory beans,
            ObjectProvider<FilterRegistrationBean<ReferralCaptureFilter>> captureFilters,
            Environment environment) {
        return new SignInCheck(
                reftrail,
                customers,
                beans,
                captureFilters,
                environment.getProperty("spring.security.filter.order", Integer.class, SPRING_SECURITY_ORDER));
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

    /**
     * The bean that creates the application's authorization rules, as {@code authorizeHttpRequests} looks for it: a factory for
     * requests, else one for any object. Its existence is checked at once; the bean is created on first use. Requires Spring
     * Security 7.
     */
    private static final class AuthorizationRules
            implements Supplier<AuthorizationManagerFactory<? extends @Nullable Object>> {

        private final ListableBeanFactory beans;
        private final ResolvableType type;

        AuthorizationRules(ListableBeanFactory beans) {
            this.beans = beans;
            ResolvableType forRequests = ResolvableType.forClassWithGenerics(
                    AuthorizationManagerFactory.class, RequestAuthorizationContext.class);
            ResolvableType forAll =
                    ResolvableType.forClassWithGenerics(AuthorizationManagerFactory.class, Object.class);
            this.type = exists(forRequests) ? forRequests : forAll;
            if (!exists(type)) {
                throw new InvalidSettingException(
                        "lead.factors",
                        "'all' needs to know which factors the application asks for, and there is no"
                                + " AuthorizationManagerFactory bean",
                        "Write @EnableMultiFactorAuthentication(authorities = ...) on a configuration class, or"
                                + " {prefix}lead.factors=first.");
            }
        }

        private boolean exists(ResolvableType wanted) {
            return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, wanted, true, false).length > 0;
        }

        @Override
        public AuthorizationManagerFactory<? extends @Nullable Object> get() {
            return beans.<AuthorizationManagerFactory<?>>getBeanProvider(type).getObject();
        }
    }
}
