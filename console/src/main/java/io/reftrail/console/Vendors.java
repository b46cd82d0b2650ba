package io.reftrail.console;

import io.reftrail.Monitoring;
import io.reftrail.Monitoring.Call;
import io.reftrail.Monitoring.Node;
import io.reftrail.Reftrail;
import io.reftrail.backend.RateLimit;
import io.reftrail.delivery.QueueStatus.State;
import io.reftrail.model.Attribution;
import io.reftrail.outbox.Backlog;
import io.reftrail.outbox.DeadEvent;
import io.reftrail.outbox.Withheld;
import io.reftrail.outbox.WithheldEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state of each vendor on all nodes, the dead events, and the leads that policies hold or have declined. */
final class Vendors {

    private static final int SHOWN = 100;
    private static final int CALLS_SHOWN = 10;

    private final Reftrail reftrail;
    private final Monitoring monitoring;

    Vendors(Reftrail reftrail, Monitoring monitoring) {
        this.reftrail = reftrail;
        this.monitoring = monitoring;
    }

    /**
     * A pause of a vendor's queue in one process.
     *
     * @param node the name of the process
     * @param until when an event is sent as a probe
     * @param reason why
     */
    record Pause(String node, Instant until, String reason) {}

    /**
     * A call with the process that has made it.
     *
     * @param node the name of the process
     * @param call the call
     */
    record NodeCall(String node, Call call) {}

    /**
     * One vendor.
     *
     * @param name the name of the backend
     * @param state {@code RUNNING}, or the pause of the process where it is worst
     * @param pauses the pauses
     * @param limit the limit of calls in words, or {@code null} if there is none
     * @param waiting the events that wait
     * @param oldestSeconds how long the oldest of them has waited
     * @param dead the dead events
     * @param held the leads that policies hold
     * @param calls the last calls, the newest first
     */
    record Vendor(
            String name,
            State state,
            List<Pause> pauses,
            @Nullable String limit,
            long waiting,
            long oldestSeconds,
            long dead,
            long held,
            List<NodeCall> calls) {}

    /**
     * A lead that a policy holds or has declined. It names the customer and the partner, which the operator needs to decide about
     * it.
     *
     * @param id the outbox's id of it
     * @param backend the name of the backend
     * @param held whether it waits for an operator; it was declined otherwise
     * @param reason the policy's reason
     * @param partner the partner's code, or {@code null} if the click has none
     * @param customer the application's id of the customer, or {@code null} if only a later release can read it
     * @param occurredAt the time of the sign-up
     */
    record Lead(
            String id,
            String backend,
            boolean held,
            String reason,
            @Nullable String partner,
            @Nullable String customer,
            Instant occurredAt) {

        static Lead of(WithheldEvent event) {
            return new Lead(
                    event.id(),
                    event.attribution().backend(),
                    event.state() == Withheld.HELD,
                    event.reason(),
                    event.attribution().detail(Attribution.CODE),
                    event.customerId(),
                    event.occurredAt());
        }
    }

    /**
     * The reply.
     *
     * @param nodes the names of the processes
     * @param vendors the vendors
     * @param dead the oldest dead events
     * @param withheld the leads that policies hold or have declined
     */
    record Reply(List<String> nodes, List<Vendor> vendors, List<DeadEvent> dead, List<Lead> withheld) {}

    Reply read() {
        List<Node> nodes = monitoring.nodes();
        return new Reply(
                nodes.stream().map(Node::name).toList(),
                reftrail.backends().stream().map(name -> vendor(name, nodes)).toList(),
                reftrail.operations().outbox().dead(SHOWN),
                reftrail.operations().withheld(SHOWN).stream().map(Lead::of).toList());
    }

    private Vendor vendor(String name, List<Node> nodes) {
        Backlog backlog = reftrail.operations().outbox().backlog(name);
        return new Vendor(
                name,
                queues(name, nodes)
                        .map(queue -> queue.queue().state())
                        .max(Comparator.naturalOrder())
                        .orElse(State.RUNNING),
                queues(name, nodes).flatMap(NodeQueue::pause).toList(),
                words(reftrail.operations().rateLimit(name)),
                backlog.waiting(),
                backlog.oldest().toSeconds(),
                backlog.dead(),
                backlog.held(),
                queues(name, nodes)
                        .flatMap(NodeQueue::calls)
                        .sorted(Comparator.comparing(
                                        (NodeCall call) -> call.call().at())
                                .reversed())
                        .limit(CALLS_SHOWN)
                        .toList());
    }

    private record NodeQueue(String node, Monitoring.Queue queue) {

        Stream<Pause> pause() {
            Instant until = queue.pausedUntil();
            return until == null ? Stream.empty() : Stream.of(new Pause(node, until, queue.reason()));
        }

        Stream<NodeCall> calls() {
            return queue.calls().stream().map(call -> new NodeCall(node, call));
        }
    }

    private static Stream<NodeQueue> queues(String name, List<Node> nodes) {
        return nodes.stream().flatMap(node -> node.queues().stream()
                .filter(queue -> queue.backend().equals(name))
                .map(queue -> new NodeQueue(node.name(), queue)));
    }

    private static @Nullable String words(@Nullable RateLimit limit) {
        if (limit == null) {
            return null;
        }
        boolean minute = limit.per().equals(Duration.ofMinutes(1));
        return limit.calls() + " calls per " + (minute ? "minute" : limit.per().toSeconds() + " seconds");
    }
}
