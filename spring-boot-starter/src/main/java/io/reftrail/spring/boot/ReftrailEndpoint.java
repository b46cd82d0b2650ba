package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.ReftrailOperations;
import io.reftrail.outbox.OutboxException;
import io.reftrail.spring.boot.ReftrailStatus.OutboxState;
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
 * The actuator endpoint {@code reftrail}: the state of each backend, the dead events, the withheld leads, and the actions of an
 * operator. It shows no personal data and no secrets. Queues belong to this process, the outbox to all processes that share it.
 */
@WebEndpoint(id = "reftrail")
final class ReftrailEndpoint {

    private static final int SHOWN = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Reftrail reftrail;
    private final OutboxReader reader;

    ReftrailEndpoint(Reftrail reftrail, OutboxReader reader) {
        this.reftrail = reftrail;
        this.reader = reader;
    }

    /** A part of the state that is read by itself. */
    enum Section {
        DECISIONS
    }

    /** An action on a dead event, or on a lead that a policy holds or has declined. */
    enum EventAction {
        REPLAY,
        RELEASE,
        DISCARD
    }

    /** An action on a backend. */
    enum BackendAction {
        REPLAY,
        RELEASE,
        RESUME
    }

    /** Returns the state. Values that the outbox does not return in time are left out. */
    @ReadOperation
    ReftrailStatus status() {
        OutboxState state = reader.ask(() -> OutboxState.of(reftrail, SHOWN), PATIENCE);
        return ReftrailStatus.of(
                reftrail.operations().outbox().toString(), reftrail.operations().queues(), state);
    }

    /** Returns the last decisions about landings, sign-ins, leads, sales and deliveries in this process. */
    @ReadOperation
    ReftrailStatus.Decisions decisions(@Selector Section section) {
        return new ReftrailStatus.Decisions(reftrail.operations().recentDecisions());
    }

    /** Replays or discards a dead event, or releases or discards a lead that a policy holds or has declined. */
    @WriteOperation
    WebEndpointResponse<Map<String, ?>> event(@Selector String id, EventAction action) {
        return answer(() -> {
            ReftrailOperations operations = reftrail.operations();
            boolean found =
                    switch (action) {
                        case REPLAY -> operations.outbox().replay(id);
                        case RELEASE -> operations.release(id);
                        case DISCARD -> operations.outbox().discard(id) || operations.discardWithheld(id);
                    };
            return found ? done(1) : notFound();
        });
    }

    /** Replays all dead events of a backend, releases all leads that policies hold for it, or ends its pause. */
    @WriteOperation
    WebEndpointResponse<Map<String, ?>> backend(BackendAction action, String backend) {
        if (!reftrail.backends().contains(backend)) {
            return notFound();
        }
        if (action == BackendAction.RESUME) {
            return reftrail.operations().resume(backend) ? done(1) : notFound();
        }
        return answer(() -> done(
                action == BackendAction.RELEASE
                        ? reftrail.operations().releaseHeld(backend)
                        : reftrail.operations().replayDead(backend)));
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
