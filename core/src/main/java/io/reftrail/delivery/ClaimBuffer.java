package io.reftrail.delivery;

import io.reftrail.outbox.Claim;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/** Claimed events that wait for their turn, each only as long as its lease allows. Guarded by its {@link BackendQueue}. */
final class ClaimBuffer {

    private record Held(Claim claim, Instant sendBefore) {}

    private final Queue<Held> claims = new ArrayDeque<>();
    private final Consumer<Claim> release;

    /** @param release takes claims that will not be sent */
    ClaimBuffer(Consumer<Claim> release) {
        this.release = release;
    }

    void add(List<Claim> more, Instant sendBefore) {
        more.forEach(claim -> claims.add(new Held(claim, sendBefore)));
    }

    int size() {
        return claims.size();
    }

    /** Gives back the first claims for as long as it is too late for them, and says whether another one is left. */
    boolean isReady(Instant now) {
        while (!claims.isEmpty() && claims.element().sendBefore().isBefore(now)) {
            release.accept(claims.remove().claim());
        }
        return !claims.isEmpty();
    }

    Claim remove() {
        return claims.remove().claim();
    }

    /** Gives everything back. */
    void releaseAll() {
        claims.forEach(held -> release.accept(held.claim()));
        claims.clear();
    }
}
