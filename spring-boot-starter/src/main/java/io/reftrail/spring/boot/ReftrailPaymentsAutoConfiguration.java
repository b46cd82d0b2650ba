package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.payments.CheckoutCustomizer;
import io.reftrail.payments.PaddlePayments;
import io.reftrail.payments.PaymentAmount;
import io.reftrail.payments.PaymentServlet;
import io.reftrail.payments.StripePayments;
import io.reftrail.spring.boot.ReftrailProperties.Payments;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Auto-configuration of webhooks of payment providers, for applications with {@code reftrail-payments}. A provider's webhook is
 * active if it has a secret. Runs after all others, because an earlier {@link SecurityFilterChain} bean would keep Spring Boot from
 * protecting the rest of the application.
 */
@AutoConfiguration(after = ReftrailAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnProperty(name = "reftrail.enabled", matchIfMissing = true)
@ConditionalOnBean(Reftrail.class)
public final class ReftrailPaymentsAutoConfiguration {

    /** The webhooks, for applications that have endpoints of their own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(StripePayments.class)
    static class WebhookConfiguration {

        @Bean
        @Conditional(StripeSecret.class)
        @ConditionalOnMissingBean
        StripePayments stripePayments(Reftrail reftrail, ReftrailProperties properties) {
            Payments payments = properties.payments();
            return new StripePayments(
                    reftrail,
                    new StripePayments.Settings(
                            payments.stripe().webhookSecret(),
                            payments.stripe().mode() == ReftrailProperties.Mode.LIVE,
                            amount(payments),
                            payments.customerByEmail(),
                            payments.tolerance()));
        }

        @Bean
        @Conditional(PaddleSecret.class)
        @ConditionalOnMissingBean
        PaddlePayments paddlePayments(Reftrail reftrail, ReftrailProperties properties) {
            Payments payments = properties.payments();
            return new PaddlePayments(
                    reftrail,
                    new PaddlePayments.Settings(
                            payments.paddle().webhookSecret(),
                            amount(payments),
                            payments.customerByEmail(),
                            payments.tolerance()));
        }

        @Bean
        @ConditionalOnMissingBean
        CheckoutCustomizer checkoutCustomizer(Reftrail reftrail) {
            return new CheckoutCustomizer(reftrail);
        }

        private static PaymentAmount amount(Payments payments) {
            return switch (payments.amount()) {
                case NET -> PaymentAmount.NET;
                case GROSS -> PaymentAmount.GROSS;
            };
        }
    }

    /** The endpoints. A property with a blank path leaves one out. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(StripePayments.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class EndpointConfiguration {

        @Bean
        @Conditional(StripeSecret.class)
        ServletRegistrationBean<PaymentServlet> reftrailStripeWebhook(
                StripePayments stripe, ReftrailProperties properties) {
            return endpoint(
                    new PaymentServlet(stripe.payments()),
                    properties.payments().stripe().path());
        }

        @Bean
        @Conditional(PaddleSecret.class)
        ServletRegistrationBean<PaymentServlet> reftrailPaddleWebhook(
                PaddlePayments paddle, ReftrailProperties properties) {
            return endpoint(
                    new PaymentServlet(paddle.payments()),
                    properties.payments().paddle().path());
        }

        private static ServletRegistrationBean<PaymentServlet> endpoint(PaymentServlet servlet, String path) {
            boolean mounted = !path.isBlank();
            ServletRegistrationBean<PaymentServlet> endpoint =
                    new ServletRegistrationBean<>(servlet, mounted ? path : "/reftrail/payments/none");
            endpoint.setEnabled(mounted);
            endpoint.setName("reftrail" + path);
            return endpoint;
        }

        /** Says at the start where payments are taken. */
        @Bean
        StartReport.Check reftrailPaymentsCheck(
                ObjectProvider<ServletRegistrationBean<PaymentServlet>> endpoints, ReftrailProperties properties) {
            ReftrailProperties.Payments payments = properties.payments();
            return report -> endpoints.stream()
                    .filter(ServletRegistrationBean::isEnabled)
                    .forEach(endpoint -> {
                        boolean stripe = endpoint.getUrlMappings()
                                .contains(payments.stripe().path());
                        boolean test = stripe && payments.stripe().mode() == ReftrailProperties.Mode.TEST;
                        report.info(
                                "Payments are taken at POST {}{}",
                                endpoint.getUrlMappings(),
                                test ? " in test mode" : "");
                    });
        }
    }

    /** The webhooks' own chain without filters. A webhook has no session, no user and no CSRF token, but a signature. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({StripePayments.class, SecurityFilterChain.class})
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class SecurityConfiguration {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        @Conditional(AnySecret.class)
        SecurityFilterChain reftrailPaymentsSecurityFilterChain(
                ObjectProvider<ServletRegistrationBean<PaymentServlet>> endpoints) {
            Set<String> paths = endpoints.stream()
                    .filter(ServletRegistrationBean::isEnabled)
                    .flatMap(endpoint -> endpoint.getUrlMappings().stream())
                    .collect(Collectors.toSet());
            return new DefaultSecurityFilterChain(
                    request -> request.getPathInfo() == null && paths.contains(request.getServletPath()), List.of());
        }
    }

    /** The refusal of an application that has a webhook's secret but not the module that receives payments. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("io.reftrail.payments.StripePayments")
    static class MissingModuleConfiguration {

        @Bean
        @Conditional(AnySecret.class)
        InitializingBean reftrailPaymentsModule() {
            return () -> {
                throw new InvalidSettingException(
                        "payments",
                        "the webhook of a payment provider has a secret, but nothing takes its payments",
                        "Add the dependency io.reftrail:reftrail-payments, or remove the secret.");
            };
        }
    }

    /** Whether a secret is set, in whichever notation. */
    private abstract static class OnSecret extends SpringBootCondition {

        private final List<String> providers;

        OnSecret(String... providers) {
            this.providers = List.of(providers);
        }

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            boolean set = providers.stream().anyMatch(provider -> Binder.get(context.getEnvironment())
                    .bind("reftrail.payments." + provider + ".webhook-secret", Bindable.listOf(String.class))
                    .map(secrets -> secrets.stream().anyMatch(secret -> !secret.isBlank()))
                    .orElse(false));
            ConditionMessage.Builder message = ConditionMessage.forCondition("reftrail webhook secret");
            return new ConditionOutcome(
                    set, set ? message.foundExactly("a secret") : message.because("no secret is set"));
        }
    }

    static final class StripeSecret extends OnSecret {
        StripeSecret() {
            super("stripe");
        }
    }

    static final class PaddleSecret extends OnSecret {
        PaddleSecret() {
            super("paddle");
        }
    }

    static final class AnySecret extends OnSecret {
        AnySecret() {
            super("stripe", "paddle");
        }
    }
}
