package io.reftrail.delivery;

import static io.reftrail.delivery.DispatcherDeliveryTests.introw;
import static io.reftrail.delivery.DispatcherFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Lead;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.StubServer.Received;
import io.reftrail.testing.TestLeads;
import org.junit.jupiter.api.Test;

class DispatcherOrderTests {

    @Test
    void anEventWaitsForTheOneItFollowsHoweverOftenThatFails() {
        Answer failure = Answer.of(500, "");
        try (StubServer server = StubServer.answering(failure, failure, Answer.recorded());
                DispatcherFixture fixture = DispatcherFixture.to(introw(server.url()))) {
            Lead first = TestLeads.lead("introw", "first");
            fixture.outbox.enqueue(first);
            fixture.outbox.enqueue(TestLeads.lead("introw", "second").following(first.deduplicationKey()));

            eventually().until(() -> fixture.outbox.depth("introw") == 0);

            assertThat(server.requests().stream().map(Received::body))
                    .containsExactly(body("first"), body("first"), body("first"), body("second"));
        }
    }

    private static String body(String customer) {
        return "{\"clickId\":\"click-of-" + customer + "\"}";
    }
}
