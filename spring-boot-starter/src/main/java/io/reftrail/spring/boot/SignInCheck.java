package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.servlet.ReferralCaptureFilter;
import jakarta.servlet.Filter;
import java.lang.reflect.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.preauth.AbstractPreAuthenticatedProcessingFilter;
import org.springframework.util.ReflectionUtils;

/** Checks at the start whether the sign-ins of Spring Security can become leads. */
final class SignInCheck implements StartReport.Check {

    private final Reftrail reftrail;
    private final ConfigurableListableBeanFactory beans;
    private final ObjectProvider<FilterRegistrationBean<ReferralCaptureFilter>> captureFilters;
    private final int securityOrder;

    SignInCheck(
            Reftrail reftrail,
            ConfigurableListableBeanFactory beans,
            ObjectProvider<FilterRegistrationBean<ReferralCaptureFilter>> captureFilters,
            int securityOrder) {
        this.reftrail = reftrail;
        this.beans = beans;
        this.captureFilters = captureFilters;
        this.securityOrder = securityOrder;
    }

    @Override
    public void run() {
        if (reftrail.visits().reportsSignIns()) {
            reportRoutes();
            checkPublishers();
        }
        checkOrder();
    }

    private void reportRoutes() {
        List<SecurityFilterChain> chains = beans.getBeanProvider(FilterChainProxy.class).stream()
                .flatMap(proxy -> proxy.getFilterChains().stream())
                .toList();
        List<String> routes = chains.stream()
                .flatMap(chain -> chain.getFilters().stream())
                .filter(SignInCheck::isLogin)
                .map(filter -> filter.getClass().getSimpleName())
                .distinct()
                .toList();
        info(
                "Sign-ins are reported from {} security filter chains with {}, and from calls to the AuthenticationManager",
                chains.size(),
                routes.isEmpty() ? "no login filter" : routes);
    }

    private static boolean isLogin(Filter filter) {
        return filter instanceof AbstractAuthenticationProcessingFilter
                || filter instanceof AbstractPreAuthenticatedProcessingFilter;
    }

    private void checkPublishers() {
        for (String name : beans.getBeanNamesForType(ProviderManager.class, true, false)) {
            if (beans.getBean(name) instanceof ProviderManager manager && !publishes(manager)) {
                warn(
                        "The AuthenticationManager bean '{}' publishes no events, so its sign-ins are not reported. Write"
                                + " manager.setAuthenticationEventPublisher(new"
                                + " DefaultAuthenticationEventPublisher(applicationEventPublisher)).",
                        name);
            }
        }
    }

    private static boolean publishes(ProviderManager manager) {
        Object publisher = publisher(manager);
        return publisher == null || !publisher.getClass().getSimpleName().equals("NullEventPublisher");
    }

    private static @Nullable Object publisher(ProviderManager manager) {
        Field field = ReflectionUtils.findField(ProviderManager.class, "eventPublisher");
        if (field == null) {
            return null;
        }
        ReflectionUtils.makeAccessible(field);
        return ReflectionUtils.getField(field, manager);
    }

    private void checkOrder() {
        captureFilters.stream()
                .filter(registration -> registration.getOrder() >= securityOrder)
                .forEach(registration -> warn(
                        "The capture filter (order {}) is behind Spring Security (order {}): clicks on pages that Spring Security"
                                + " answers itself, such as the redirect to the login page, are lost. Write"
                                + " reftrail.filter.order={}.",
                        registration.getOrder(),
                        securityOrder,
                        securityOrder - 10));
    }
}
