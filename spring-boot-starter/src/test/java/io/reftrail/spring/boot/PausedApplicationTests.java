package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.backend.HttpReply;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/** An application that is paused and continued, as Spring Framework 7 does it between tests. */
class PausedApplicationTests {

    private final HttpTransport transport = Mockito.mock();
    private final Outbox outbox = new InMemoryOutbox();

    @Test
    void deliversOn() throws IOException {
        Mockito.when(transport.send(Mockito.any()))
                .thenReturn(new HttpReply(201, null, "{\"status\":\"recorded\"}", Instant.now()));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ReftrailAutoConfiguration.class))
                .withBean(HttpTransport.class, () -> transport)
                .withBean(Outbox.class, () -> outbox)
                .withPropertyValues("reftrail.introw.api-key=key")
                .run(context -> {
                    ConfigurableApplicationContext paused = context.getSourceApplicationContext();
                    paused.pause();
                    assertThat(context.getBean("reftrailLifecycle", SmartLifecycle.class)
                                    .isRunning())
                            .isFalse();
                    paused.restart();
                    assertThat(context.getBean("reftrailLifecycle", SmartLifecycle.class)
                                    .isRunning())
                            .isTrue();
                    outbox.enqueue(TestLeads.lead("introw", "u-7"));
                    await().untilAsserted(() -> Mockito.verify(transport).send(Mockito.any()));
                });
    }
}
