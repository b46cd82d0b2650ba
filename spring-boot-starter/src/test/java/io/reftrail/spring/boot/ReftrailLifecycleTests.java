package io.reftrail.spring.boot;

import static org.awaitility.Awaitility.await;

import io.reftrail.backend.HttpReply;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Delivery in step with the application. */
class ReftrailLifecycleTests {

    private final HttpTransport transport = Mockito.mock();
    private final Outbox outbox = Mockito.spy(new InMemoryOutbox());
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ReftrailAutoConfiguration.class))
            .withBean(HttpTransport.class, () -> transport)
            .withBean(Outbox.class, () -> outbox)
            .withPropertyValues("reftrail.introw.api-key=key");

    @BeforeEach
    void aStoreThatOutlivesTheProcess() throws IOException {
        Mockito.doReturn(true).when(outbox).isShared();
        Mockito.when(transport.send(Mockito.any()))
                .thenReturn(new HttpReply(201, null, "{\"status\":\"recorded\"}", Instant.now()));
    }

    private void delivered(int times) {
        await().untilAsserted(
                        () -> Mockito.verify(transport, Mockito.times(times)).send(Mockito.any()));
    }

    @Test
    void whatWaitsFromBeforeIsDeliveredWhenTheApplicationIsReady() {
        outbox.enqueue(TestLeads.lead("introw", "u-7"));
        application.run(context -> delivered(1));
    }

    @Test
    void whatIsReportedWhileTheApplicationStopsIsDelivered() {
        application.run(context -> {
            context.getSourceApplicationContext().stop();
            outbox.enqueue(TestLeads.lead("introw", "u-7"));
            delivered(1);
        });
    }
}
