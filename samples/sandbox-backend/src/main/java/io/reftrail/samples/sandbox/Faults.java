package io.reftrail.samples.sandbox;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** The faults that are pending, first ordered first met, and the calls that are being held. */
@Component
final class Faults {

    private final List<Fault> pending = new ArrayList<>();
    private CompletableFuture<Void> release = new CompletableFuture<>();

    synchronized void add(Fault fault) {
        pending.add(fault);
    }

    synchronized List<Fault> pending() {
        return List.copyOf(pending);
    }

    /** The fault that a call of this vendor and kind meets, if any; it is used up by one. */
    synchronized Optional<Fault> next(String vendor, CallKind what) {
        for (int i = 0; i < pending.size(); i++) {
            Fault fault = pending.get(i);
            if (fault.meets(vendor, what)) {
                if (fault.count() > 1) {
                    pending.set(i, fault.once());
                } else {
                    pending.remove(i);
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    /** Completes when the time is over or the faults are cleared; no thread waits for it. */
    synchronized CompletableFuture<Void> hold(Duration time) {
        return release.copy().completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Drops what is pending and releases what is held. */
    @PreDestroy
    void clear() {
        forget().complete(null);
    }

    private synchronized CompletableFuture<Void> forget() {
        pending.clear();
        CompletableFuture<Void> held = release;
        release = new CompletableFuture<>();
        return held;
    }
}
