package io.reftrail.journey;

import io.reftrail.journey.Touch.Partner;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a customer's partner by hand.
 *
 * @param time when it was made, to the millisecond
 * @param partner the partner from then on, or {@code null} for no partner
 * @param reason the reason, in the words of the person who made it
 * @param actor who made it
 */
public record Correction(Instant time, @Nullable Partner partner, String reason, String actor) implements Serializable {

    /** @throws IllegalArgumentException if the reason or the actor is blank or longer than 200 characters */
    public Correction {
        if (reason.isBlank() || actor.isBlank() || reason.length() > 200 || actor.length() > 200) {
            throw new IllegalArgumentException("a reason and an actor have 1 to 200 characters");
        }
    }

    /** Returns a description without the reason and the actor. */
    @Override
    public String toString() {
        return "Correction[time=" + time + "]";
    }
}
