package io.reftrail.payments;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.reftrail.Reftrail;
import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.model.Event;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The start warns if a vendor would receive one payment in two ways, or in none. */
class TwoWaysTests {

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Payments.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    /** Affonso, but for what it reports and what its checkouts carry. */
    private static TrackingBackend backend(Set<Event.Type> reports, CheckoutMetadata carries) {
        TrackingBackend affonso = AffonsoBackend.of("key", "program");
        return (TrackingBackend) Proxy.newProxyInstance(
                TrackingBackend.class.getClassLoader(),
                new Class<?>[] {TrackingBackend.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "reports" -> reports;
                    case "checkoutMetadata" -> carries;
                    default -> method.invoke(affonso, arguments);
                });
    }

    private void start(Set<Event.Type> reports, CheckoutMetadata carries) {
        try (Reftrail reftrail =
                Reftrail.builder().backend(backend(reports, carries)).build()) {
            assertThat(new StripePayments(reftrail, StripePayments.Settings.of("whsec_x"))
                            .payments()
                            .provider())
                    .isEqualTo("stripe");
        }
    }

    private static CheckoutMetadata click() {
        return new CheckoutMetadata(Map.of("affonso_referral", "click"), null);
    }

    @Test
    void ofAVendorThatReceivesThemTwice() {
        start(Set.of(Event.Type.LEAD, Event.Type.SALE), click());
        assertThat(log.list).singleElement().satisfies(warning -> assertThat(warning.getFormattedMessage())
                .contains("a payment may count twice", "affonso"));
    }

    @Test
    void ofVendorsThatReceiveNone() {
        start(Set.of(Event.Type.LEAD), click());
        assertThat(log.list).singleElement().satisfies(warning -> assertThat(warning.getFormattedMessage())
                .contains("no backend takes payments from Reftrail: affonso"));
    }

    @Test
    void notOfOneWay() {
        start(Set.of(Event.Type.LEAD, Event.Type.SALE), CheckoutMetadata.NONE);
        assertThat(log.list).isEmpty();
    }
}
