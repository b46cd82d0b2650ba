package io.reftrail.spring.boot;

import io.reftrail.CodeSettings;
import io.reftrail.LeadListener;
import io.reftrail.LeadSettings;
import io.reftrail.Monitoring;
import io.reftrail.ReferralCodes;
import io.reftrail.ReferralSettings;
import io.reftrail.Reftrail;
import io.reftrail.ReftrailBuilder;
import io.reftrail.RewardListener;
import io.reftrail.SaleListener;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureListener;
import io.reftrail.capture.CookieSettings;
import io.reftrail.capture.TouchSettings;
import io.reftrail.delivery.DeliveryListener;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.delivery.SendObserver;
import io.reftrail.model.DecisionListener;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.policy.LeadPolicy;
import io.reftrail.policy.Partners;
import io.reftrail.policy.PolicySettings;
import io.reftrail.spring.CurrentExchange;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of {@link Reftrail} from the application's properties and beans. Backs off for the application's own
 * {@link Reftrail}. {@link TrackingBackend} beans are added to the backends of the properties.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "reftrail.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ReftrailProperties.class)
@Import(ConfiguredBackends.class)
public final class ReftrailAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Reftrail reftrail(
            ReftrailProperties properties,
            ConfiguredBackends configured,
            Outbox outbox,
            ObjectProvider<TrackingBackend> backends,
            ObjectProvider<UnitOfWork> unitOfWork,
            ObjectProvider<HttpTransport> transport,
            ObjectProvider<CaptureListener> captureListeners,
            ObjectProvider<ReferralCodes> referralCodes,
            ObjectProvider<LeadPolicy> leadPolicies,
            ObjectProvider<Partners> partners,
            ObjectProvider<LeadListener> leadListeners,
            ObjectProvider<SaleListener> saleListeners,
            ObjectProvider<RewardListener> rewardListeners,
            ObjectProvider<RewardTransactions> rewardTransactions,
            ObjectProvider<DeliveryListener> deliveryListeners,
            ObjectProvider<DecisionListener> decisionListeners,
            ObjectProvider<SendObserver> sendObservers,
            ObjectProvider<Monitoring> monitoring,
            ObjectProvider<ReactiveApplication> reactive) {
        ReftrailBuilder builder = builder(properties).currentRoute(CurrentExchange::route);
        ReftrailProperties.Attribution attribution = properties.attribution();
        TouchSettings touches = new TouchSettings(attribution.window(), attribution.ignoredReferrers());
        if (attribution.enabled()) {
            builder.touches(touches);
        }
        ReferralSettings referrals = properties.referrals().settings();
        if (properties.referrals().enabled()) {
            builder.referrals(referrals);
        }
        configured.all().forEach(builder::backend);
        backends.orderedStream().forEach(builder::backend);
        unitOfWork.ifAvailable(builder::unitOfWork);
        transport.ifAvailable(builder::transport);
        captureListeners.orderedStream().forEach(builder::captureListener);
        referralCodes.orderedStream().forEach(builder::referralCodes);
        leadPolicies.orderedStream().forEach(builder::leadPolicy);
        partners.orderedStream().forEach(builder::partners);
        leadListeners.orderedStream().forEach(builder::leadListener);
        saleListeners.orderedStream().forEach(builder::saleListener);
        rewardListeners.orderedStream().forEach(builder::rewardListener);
        rewardTransactions.ifAvailable(builder::rewardTransactions);
        deliveryListeners.orderedStream().forEach(builder::deliveryListener);
        decisionListeners.orderedStream().forEach(builder::decisionListener);
        sendObservers.orderedStream().forEach(builder::sendObserver);
        monitoring.ifAvailable(builder::monitoring);
        Reftrail reftrail = builder.outbox(outbox).build();
        if (!reftrail.backends().isEmpty() || attribution.enabled()) {
            reactive.ifAvailable(ReactiveApplication::refuse);
        }
        return reftrail;
    }

    private static ReftrailBuilder builder(ReftrailProperties properties) {
        ReftrailBuilder builder = Reftrail.builder();
        ReftrailProperties.Cookie cookie = properties.cookie();
        ReftrailProperties.Lead lead = properties.lead();
        ReftrailProperties.Delivery delivery = properties.delivery();
        return builder.cookies(new CookieSettings(
                        cookie.path(),
                        present(cookie.domain()),
                        cookie.sameSite(),
                        cookie.secure(),
                        cookie.keepAfterLead()))
                .cookieSigning(cookie.signing())
                .attributionModel(properties.capture().attributionModel())
                .leads(new LeadSettings(
                        lead.trigger(), lead.include(), lead.cutOff(), lead.createdAtTolerance(), lead.unknownAge()))
                .codes(new CodeSettings(
                        present(properties.referralCodes().parameter()),
                        properties.referralCodes().wins()))
                .leadPolicies(new PolicySettings(
                        lead.selfReferral(), lead.disposableMail(), lead.sameNetwork(), lead.sameNetworkLimit()))
                .delivery(new DeliverySettings(
                        delivery.connectTimeout(),
                        delivery.responseTimeout(),
                        delivery.maxInFlight(),
                        delivery.shutdownTimeout(),
                        delivery.pollInterval()));
    }

    /** Returns a property's value, or {@code null} if it is blank: an empty property counts as absent. */
    static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /**
     * Starts delivery when the application is ready. Stopping the lifecycle stops nothing: delivery ends when the {@link Reftrail}
     * is closed, after all beans that can still report a lead and before the database.
     */
    @Bean
    SmartLifecycle reftrailLifecycle(Reftrail reftrail) {
        return new SmartLifecycle() {

            private volatile boolean isRunning;

            @Override
            public void start() {
                reftrail.operations().start();
                isRunning = true;
            }

            @Override
            public void stop() {
                isRunning = false;
            }

            @Override
            public boolean isRunning() {
                return isRunning;
            }
        };
    }

    @Bean
    StartReport reftrailStartReport(
            Reftrail reftrail,
            ReftrailProperties properties,
            ConfiguredBackends configured,
            ObjectProvider<OutboxDataSource> database,
            ObjectProvider<TrackingBackend> backends,
            ObjectProvider<StartReport.Check> checks,
            Environment environment,
            ConfigurableListableBeanFactory beans) {
        OutboxDataSource dataSource = database.getIfAvailable();
        return new StartReport(
                reftrail,
                properties,
                dataSource == null ? null : dataSource.get(),
                Stream.concat(configured.all().stream(), backends.orderedStream()),
                checks,
                new UnknownProperties(environment, configured.vendors()),
                beans);
    }

    @Bean
    HeldLeads reftrailHeldLeads() {
        return new HeldLeads();
    }

    @Bean
    OutboxReader reftrailOutboxReader() {
        return new OutboxReader();
    }

    @Bean
    RecentBacklogs reftrailRecentBacklogs(Reftrail reftrail, OutboxReader reader) {
        return new RecentBacklogs(reftrail, reader, Duration.ofSeconds(1), System::nanoTime);
    }

    /** The transactions of the application in which rewards are given. */
    interface RewardTransactions extends Consumer<Runnable> {}

    /** The refusal of an application with Spring WebFlux, in which neither the filter nor the listener can run. */
    static final class ReactiveApplication {

        private void refuse() {
            throw new InvalidSettingException(
                    "enabled",
                    "Reftrail needs a servlet application, and this one is reactive (Spring WebFlux): no click would be captured"
                            + " and no sign-in reported",
                    "Run the application on a servlet container with spring-boot-starter-webmvc, define a Reftrail bean and call it"
                            + " yourself, or switch Reftrail off.",
                    "enabled=false");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class ReactiveConfiguration {

        @Bean
        ReactiveApplication reftrailReactiveApplication() {
            return new ReactiveApplication();
        }
    }
}
