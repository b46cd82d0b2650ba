package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.security.CustomerResolver;
import io.reftrail.security.DefaultCustomerResolver;
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

/** The check at the start whether the sign-ins of Spring Security can become leads. */
final class SignInCheck implements StartReport.Check {

    private final Reftrail reftrail;
    private final CustomerResolver customers;
    private final ConfigurableListableBeanFactory beans;
    private final ObjectProvider<FilterRegistrationBean<ReferralCaptureFilter>> captureFilters;
    private final int securityOrder;

    SignInCheck(
            Reftrail reftrail,
            CustomerResolver customers,
            ConfigurableListableBeanFactory beans,
            ObjectProvider<FilterRegistrationBean<ReferralCaptureFilter>> captureFilters,
            int securityOrder) {
        this.reftrail = reftrail;
        this.customers = customers;
        this.beans = beans;
        this.captureFilters = captureFilters;
        this.securityOrder = securityOrder;
    }

    @Override
    public void run(StartReport report) {
        if (reftrail.visits().reportsSignIns()) {
            reportRoutes(report);
            checkPublishers(report);
            checkAge(report);
        }
        checkOrder(report);
    }

    private void reportRoutes(StartReport report) {
        List<SecurityFilterChain> chains = beans.getBeanProvider(FilterChainProxy.class).stream()
                .flatMap(proxy -> proxy.getFilterChains().stream())
                .toList();
        List<String> routes = chains.stream()
                .flatMap(chain -> chain.getFilters().stream())
                .filter(SignInCheck::isLogin)
                .map(filter -> filter.getClass().getSimpleName())
                .distinct()
                .toList();
        report.info(
                "Sign-ins are reported from {} security filter chains with {}, and from calls to the AuthenticationManager",
                chains.size(),
                routes.isEmpty() ? "no login filter" : routes);
    }

    private static boolean isLogin(Filter filter) {
        return filter instanceof AbstractAuthenticationProcessingFilter
                || filter instanceof AbstractPreAuthenticatedProcessingFilter;
    }

    private void checkPublishers(StartReport report) {
        for (String name : beans.getBeanNamesForType(ProviderManager.class, true, false)) {
            if (beans.getBean(name) instanceof ProviderManager manager && !publishes(manager)) {
                report.warn(
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

    /** On the day of the installation no first sign-in is stored, so an existing customer looks like a new one. */
    private void checkAge(StartReport report) {
        if (customers instanceof DefaultCustomerResolver
                && reftrail.operations().holdsUnknownAge()) {
            report.warn(
                    "Customers without createdAt are not reported, because an existing customer cannot be told from a new one: give"
                            + " customers createdAt in a CustomerResolver or in the principal, call reftrail.seed(...) once with the existing"
                            + " customers, set reftrail.lead.cut-off, or write reftrail.lead.unknown-age=report if there are no customers from"
                            + " before.");
        }
    }

    private void checkOrder(StartReport report) {
        captureFilters.stream().forEach(registration -> {
            if (registration.getOrder() < securityOrder) {
                report.works(
                        "The capture filter (order {}) is before Spring Security (order {})",
                        registration.getOrder(),
                        securityOrder);
                return;
            }
            report.warn(
                    "The capture filter (order {}) is behind Spring Security (order {}): clicks on pages that Spring Security"
                            + " answers itself, such as the redirect to the login page, are lost. Write"
                            + " reftrail.filter.order={}.",
                    registration.getOrder(),
                    securityOrder,
                    securityOrder - 10);
        });
    }
}
