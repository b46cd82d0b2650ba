package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.delivery.DeliverySettings;
import io.reftrail.delivery.HttpClientTransport;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.StubServer.Received;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes over a real wire, through the transport that applications use. */
public abstract class BackendWireContract extends BackendTableContract {

    private final HttpClientTransport transport = new HttpClientTransport(DeliverySettings.DEFAULT, 1);

    @AfterEach
    final void closeTransport() {
        transport.close();
    }

    @Test
    void callsArriveAsTheyWereBuilt() throws IOException {
        try (StubServer server = StubServer.answering(Answer.of(200, ""))) {
            TrackingBackend there = backend(server.url() + "/a/sandbox");
            for (Event event : events.typical()) {
                HttpCall call = there.call(event);
                Received request = arrived(call, server);

                assertThat(request.method()).isEqualTo(call.method());
                assertThat(server.url() + request.path()).isEqualTo(call.uri().toString());
                assertThat(request.body()).isEqualTo(call.body());
                assertThat(request.headers().getOrDefault("content-type", ""))
                        .startsWith(call.body().isEmpty() ? "" : call.contentType());
                assertHeadersArrived(call, request);
            }
        }
    }

    @Test
    void nothingHostileIsChangedOnTheWay() throws IOException {
        try (StubServer server = StubServer.answering(Answer.of(200, ""))) {
            TrackingBackend there = backend(server.url());
            Collection<HttpCall> calls = events.typical().stream()
                    .flatMap(event -> HostileEvents.TEXTS.stream().flatMap(text -> HostileEvents.of(event, text)))
                    .filter(event -> there.outcomeWithoutCall(event) == null)
                    .map(there::call)
                    .collect(Collectors.toMap(HttpCall::headers, call -> call, (first, second) -> first))
                    .values();
            for (HttpCall call : calls) {
                assertHeadersArrived(call, arrived(call, server));
            }
        }
    }

    private Received arrived(HttpCall call, StubServer server) throws IOException {
        int before = server.requests().size();
        transport.send(call);
        assertThat(server.requests()).hasSize(before + 1);
        return server.requests().get(before);
    }

    private static void assertHeadersArrived(HttpCall call, Received request) {
        call.headers().forEach((name, value) -> assertThat(request.headers())
                .containsEntry(name.toLowerCase(Locale.ROOT), value));
    }

    @Test
    void anAnswerThatRecordsIsUnderstoodOverTheWire() throws IOException {
        for (OutcomeRow row : table) {
            if (row.verdict() == Verdict.RECORDED) {
                try (StubServer server =
                        StubServer.answering(Answer.of(row.status(), row.reply().body()))) {
                    TrackingBackend there = backend(server.url());
                    Event event = event(row, events.typical(row.type()));
                    HttpReply reply = transport.send(there.call(event));
                    assertThat(there.outcome(event, reply).verdict())
                            .as(row.toString())
                            .isEqualTo(Verdict.RECORDED);
                }
            }
        }
    }
}
