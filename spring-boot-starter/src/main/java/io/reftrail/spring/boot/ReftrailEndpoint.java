package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.outbox.OutboxException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The actuator endpoint, with the state of each backend, the dead events, and the operations of an operator. It contains no
 * personal data and no secrets. Queues are those of this process; the outbox is that of all processes that share it.
 */
@WebEndpoint(id = "reftrail")
final class ReftrailEndpoint {

    private static final int DEAD_SHOWN = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Reftrail reftrail;
    private final OutboxReader reader;

    ReftrailEndpoint(Reftrail reftrail, OutboxReader reader) {
        this.reftrail = reftrail;
        this.reader = reader;
    }

    /** The operations on a dead event. */
    enum EventAction {
        REPLAY,
        DISCARD
    }

    /** The operations on a backend. */
    enum BackendAction {
        REPLAY,
        RESUME
    }

    /** Returns the state; values that the outbox does not return in time are left out. */
    @ReadOperation
    ReftrailStatus status() {
        OutboxState state = reader.ask(
                () -> OutboxState.of(reftrail.operations().outbox(), reftrail.backends(), DEAD_SHOWN), PATIENCE);
        return ReftrailStatus.of(
                reftrail.operations().outbox().toString(), reftrail.operations().queues(), state);
    }

    /** Replays or discards a dead event. */
    @WriteOperation
    WebEndpointResponse<Map<String, ?>> event(@Selector String id, EventAction action) {
        return answer(() -> {
            boolean found = action == EventAction.REPLAY
                    ? reftrail.operations().outbox().replay(id)
                    : reftrail.operations().outbox().discard(id);
            return found ? done(1) : notFound();
        });
    }

    /** Replays all dead events of a backend, or ends its pause. */
    @WriteOperation
    WebEndpointResponse<Map<String, ?>> backend(BackendAction action, String backend) {
        if (!reftrail.backends().contains(backend)) {
            return notFound();
        }
        if (action == BackendAction.RESUME) {
            return reftrail.operations().resume(backend) ? done(1) : notFound();
        }
        return answer(() -> done(new DeadEvents(reftrail.operations().outbox()).replay(backend)));
    }

    private static WebEndpointResponse<Map<String, ?>> answer(Supplier<WebEndpointResponse<Map<String, ?>>> action) {
        try {
            return action.get();
        } catch (OutboxException away) {
            return new WebEndpointResponse<>(
                    OperationResponseBody.of(Map.of("error", "the outbox cannot be reached")),
                    WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        }
    }

    private static WebEndpointResponse<Map<String, ?>> done(int count) {
        return new WebEndpointResponse<>(OperationResponseBody.of(Map.of("done", count)));
    }

    private static WebEndpointResponse<Map<String, ?>> notFound() {
        return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
    }
}
