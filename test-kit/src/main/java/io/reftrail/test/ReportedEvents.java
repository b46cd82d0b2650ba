package io.reftrail.test;

import io.reftrail.Reftrail;
import io.reftrail.ReftrailBuilder;
import io.reftrail.delivery.QueueStatus;
import io.reftrail.model.Event;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.test.EventLog.StatusLog;
import io.reftrail.test.Inquiry.Deadline;
import io.reftrail.test.Inquiry.Listing;
import io.reftrail.test.RecordingTransport.Vendors;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * The events that Reftrail has reported since the test began. Nothing is sent: this object answers in place of the
 * {@linkplain #vendor vendors} and records what was reported, what waits, and the outcomes. Assert on it with
 * {@code assertThat(reported).leads().hasLeadFor("customer-7")}. Belongs to one {@link Reftrail}. Thread-safe, for one test at a
 * time.
 */
public final class ReportedEvents implements AssertProvider<ReportedEventsAssert> {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final EventLog log = new EventLog();
    private final Vendors vendors = new Vendors(this::resume);
    private final RecordingTransport transport = new RecordingTransport(log, vendors);
    private volatile @Nullable Reftrail reftrail;

    /** Creates an empty instance, see {@link #record(ReftrailBuilder)}. */
    public ReportedEvents() {}

    /**
     * Builds a {@link Reftrail} that keeps its events in memory and reports them here. Sets the builder's outbox, transport,
     * send observer and listeners of leads and sales.
     *
     * @throws IllegalStateException if this object already belongs to another instance
     */
    public Reftrail record(ReftrailBuilder builder) {
        return record(builder, new InMemoryOutbox());
    }

    Reftrail record(ReftrailBuilder builder, Outbox outbox) {
        StatusLog statuses = new StatusLog(log);
        Reftrail built = builder.outbox(recording(outbox))
                .transport(transport)
                .sendObserver(transport)
                .leadListener(statuses)
                .saleListener(statuses)
                .build();
        attach(built);
        return built;
    }

    RecordingTransport transport() {
        return transport;
    }

    EventLog log() {
        return log;
    }

    Outbox recording(Outbox outbox) {
        return new RecordingOutbox(outbox, log);
    }

    void attach(Reftrail built) {
        if (reftrail != null) {
            throw new IllegalStateException("these are the events of another Reftrail");
        }
        if (!(built.operations().outbox() instanceof RecordingOutbox outbox) || !outbox.writes(log)) {
            throw new IllegalStateException(
                    "this Reftrail does not report here: the application builds it by itself. In"
                            + " tests, have it built by ReportedEvents.record(builder)");
        }
        reftrail = built;
    }

    private void resume(String backend) {
        Reftrail attached = reftrail;
        if (attached != null) {
            attached.operations().resume(backend);
        }
    }

    /** Returns the vendor of this backend, to change its answers. */
    public Vendor vendor(String backend) {
        return vendors.named(backend);
    }

    /** Returns all events since the test began, in the order in which they were enqueued, in their present state. */
    public List<Report> all() {
        return log.reports(this::isStored, this::pauseOf);
    }

    /** Returns the events of one kind, see {@link #all()}. */
    public List<Report> all(Event.Type type) {
        return all().stream().filter(report -> report.event().type() == type).toList();
    }

    private boolean isStored(String key) {
        Reftrail attached = reftrail;
        return attached != null && attached.operations().outbox().find(key) != null;
    }

    private @Nullable String pauseOf(String backend) {
        Reftrail attached = reftrail;
        return attached == null
                ? null
                : attached.operations().queues().stream()
                        .filter(queue -> queue.backend().equals(backend) && queue.state() != QueueStatus.State.RUNNING)
                        .map(QueueStatus::reason)
                        .findFirst()
                        .orElse(null);
    }

    /**
     * Waits until the background work of requests is complete and each event has been answered or is held by its vendor.
     * Assertions do this where necessary.
     *
     * @throws AssertionError if that takes longer than 5 s
     */
    public void await() {
        if (!settle(PATIENCE)) {
            throw new AssertionError("Events are still on their way after " + PATIENCE + ":" + Listing.of(all()));
        }
    }

    /** Returns whether the background work of requests has reached the outbox in time. */
    boolean isComplete(Duration patience) {
        return Deadline.in(patience).await(this::isIdle);
    }

    /** Returns whether delivery becomes idle in time. */
    boolean settle(Duration patience) {
        return Deadline.in(patience)
                .await(() -> isIdle() && all().stream().noneMatch(report -> report.state() == Report.State.WAITING));
    }

    private boolean isIdle() {
        Reftrail attached = reftrail;
        return attached == null || attached.operations().isIdle();
    }

    /** Returns the results of {@link Reftrail} for leads and sales. */
    List<String> statuses() {
        return log.statuses();
    }

    /**
     * Resets vendors, events and first sign-ins, as the extension and the Spring support do before each test. Remaining events
     * are not reported.
     */
    public void reset() {
        Reftrail attached = reftrail;
        isComplete(PATIENCE);
        vendors.reset();
        if (attached != null) {
            log.customers().forEach(attached::forget);
            attached.operations().queues().stream()
                    .filter(queue -> queue.state() != QueueStatus.State.RUNNING)
                    .forEach(queue -> attached.operations().resume(queue.backend()));
        }
        log.clear();
    }

    /** Returns the assertions, for AssertJ's {@code assertThat}. */
    @Override
    public ReportedEventsAssert assertThat() {
        return new ReportedEventsAssert(this);
    }
}
