package io.reftrail.delivery;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.capture.CaptureRule;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.testing.TestLeads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails in one method for the customer {@code bad}, who comes first. */
final class DefectiveBackend implements TrackingBackend {

    private final IntrowBackend introw;
    private final String method;
    private final Throwable defect;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean bad;

    DefectiveBackend(String url, String method, Throwable defect) {
        this.introw = IntrowBackend.builder("ik_secret")
                .baseUrl(url)
                .callsPerMinute(0)
                .build();
        this.method = method;
        this.defect = defect;
    }

    @Override
    public String name() {
        return introw.name();
    }

    @Override
    public List<CaptureRule> captureRules() {
        return introw.captureRules();
    }

    @Override
    public Duration deliveryTimeout(Event event) {
        fail("deliveryTimeout", failures.get() == 0);
        return introw.deliveryTimeout(event);
    }

    @Override
    public HttpCall call(Event event) {
        bad = TestLeads.customer(event).equals("bad");
        fail("call", bad);
        return introw.call(event);
    }

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        fail("outcome", bad);
        return introw.outcome(event, reply);
    }

    private void fail(String where, boolean now) {
        if (now && where.equals(method)) {
            failures.incrementAndGet();
            throwUnchecked();
        }
    }

    private void throwUnchecked() {
        if (defect instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) defect;
    }
}
