package io.reftrail.model;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a backend's reply for the event that was sent.
 *
 * @param verdict what to do with the event
 * @param reason the reason, without secrets or personal data
 * @param pause the length of the pause, only for {@link Verdict#PAUSE}
 * @param credentials whether the backend refuses the credentials; only for {@link Verdict#PAUSE}
 * @param attribution the event's attribution with data from the answer, for the events that follow; or {@code null} if there is
 *     nothing new. Only for final verdicts
 */
public record Outcome(
        Verdict verdict,
        String reason,
        @Nullable Duration pause,
        boolean credentials,
        @Nullable Attribution attribution) {

    /** The effect of a reply on an event. */
    public enum Verdict {
        /** The backend has recorded it. Final. */
        RECORDED,
        /** The backend has recorded it earlier. Final. */
        DUPLICATE,
        /** The backend has accepted the call and recorded nothing. Final. */
        IGNORED,
        /** The backend refuses the event itself. Final. */
        REJECTED,
        /** There is no final answer yet: the event is sent again later, and an attempt is counted. */
        RETRY,
        /** Nothing is wrong with the event: the backend's queue pauses, and no attempt is spent. */
        PAUSE;

        /** Returns whether the event is not sent again. */
        public boolean isFinal() {
            return this != RETRY && this != PAUSE;
        }
    }

    /** @throws IllegalArgumentException if a pause is given for another verdict or missing for a pause */
    public Outcome {
        Objects.requireNonNull(reason, "reason");
        if ((verdict == Verdict.PAUSE) == (pause == null)) {
            throw new IllegalArgumentException("a pause needs a duration, and only a pause has one");
        }
        if (credentials && pause == null) {
            throw new IllegalArgumentException("only a pause can refuse the credentials");
        }
        if (attribution != null && !verdict.isFinal()) {
            throw new IllegalArgumentException("only a final answer has a new attribution");
        }
    }

    /**
     * Creates an outcome that does not concern credentials.
     *
     * @throws IllegalArgumentException if a pause is given for another verdict or missing for a pause
     */
    public Outcome(Verdict verdict, String reason, @Nullable Duration pause) {
        this(verdict, reason, pause, false, null);
    }

    /** Returns {@link Verdict#RECORDED}. */
    public static Outcome recorded() {
        return new Outcome(Verdict.RECORDED, "recorded", null);
    }

    /** Returns {@link Verdict#RECORDED} with data from the backend's answer. */
    public static Outcome recorded(Attribution attribution) {
        return recorded().withAttribution(attribution);
    }

    /** Returns this outcome with data from the backend's answer. */
    public Outcome withAttribution(@Nullable Attribution attribution) {
        return new Outcome(verdict, reason, pause, credentials, attribution);
    }

    /** Returns a final outcome or {@link Verdict#RETRY}. */
    public static Outcome of(Verdict verdict, String reason) {
        return new Outcome(verdict, reason, null);
    }

    /** Returns {@link Verdict#PAUSE} for the given time. */
    public static Outcome pause(Duration pause, String reason) {
        return new Outcome(Verdict.PAUSE, reason, pause);
    }

    /**
     * Returns {@link Verdict#PAUSE} because the backend refuses the credentials. The queue stays paused until they are
     * accepted; one event goes ahead as a probe whenever the pause is over.
     */
    public static Outcome credentials(Duration pause, String reason) {
        return new Outcome(Verdict.PAUSE, reason, pause, true, null);
    }
}
