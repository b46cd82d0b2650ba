package io.reftrail.spring.boot;

import io.reftrail.LeadListener;
import io.reftrail.Reftrail;
import io.reftrail.SaleListener;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureListener;
import io.reftrail.delivery.DeliveryListener;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.delivery.SendObserver;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.UnitOfWork;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the {@link Reftrail} of an application, from its properties and beans. Backs off for a {@link Reftrail}
 * bean of the application. {@link TrackingBackend} beans are added to the configured backends.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "reftrail.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ReftrailProperties.class)
@Import(ConfiguredBackends.class)
public final class ReftrailAutoConfiguration {

    private static final Logger logger = LoggerFactory.getLogger(ReftrailAutoConfiguration.class);

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
            ObjectProvider<LeadListener> leadListeners,
            ObjectProvider<SaleListener> saleListeners,
            ObjectProvider<DeliveryListener> deliveryListeners,
            ObjectProvider<SendObserver> sendObservers,
            Environment environment) {
        ReftrailAssembly assembly = new ReftrailAssembly(properties, configured);
        backends.orderedStream().forEach(assembly.builder()::backend);
        unitOfWork.ifAvailable(assembly.builder()::unitOfWork);
        transport.ifAvailable(assembly.builder()::transport);
        Reftrail reftrail = assembly.builder()
                .outbox(outbox)
                .captureListener(
                        Listeners.capture(captureListeners.orderedStream().toList()))
                .leadListener(Listeners.lead(leadListeners.orderedStream().toList()))
                .saleListener(Listeners.sale(saleListeners.orderedStream().toList()))
                .deliveryListener(
                        Listeners.delivery(deliveryListeners.orderedStream().toList()))
                .sendObserver(Listeners.send(sendObservers.orderedStream().toList()))
                .build();
        announce(reftrail);
        new UnknownProperties(environment).report(logger::warn);
        return reftrail;
    }

    private static void announce(Reftrail reftrail) {
        if (reftrail.backends().isEmpty()) {
            logger.warn("Reftrail has no backend and captures nothing."
                    + " Set the key of one, for instance reftrail.introw.api-key or reftrail.dub.api-key.");
        } else {
            logger.info(
                    "Reftrail reports to {}; what is on its way waits in {}",
                    reftrail.backends(),
                    reftrail.operations().outbox());
        }
    }

    @Bean
    ReftrailLifecycle reftrailLifecycle(Reftrail reftrail) {
        return new ReftrailLifecycle(reftrail);
    }

    @Bean
    OutboxReader reftrailOutboxReader() {
        return new OutboxReader();
    }

    @Bean
    RecentBacklogs reftrailRecentBacklogs(Reftrail reftrail, OutboxReader reader) {
        return new RecentBacklogs(reftrail, reader, Duration.ofSeconds(1), System::nanoTime);
    }
}
