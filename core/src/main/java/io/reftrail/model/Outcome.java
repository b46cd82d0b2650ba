package io.reftrail.model;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a backend's reply means for the event that was sent.
 *
 * @param verdict what to do with the event
 * @param reason why, in words that hold neither secrets nor personal data
 * @param pause how long the backend's queue rests, only for {@link Verdict#PAUSE}
 * @param credentials whether it rests because the credentials were refused; only for {@link Verdict#PAUSE}
 * @param attribution the event's attribution with what the backend has said in its answer, to be known to the events that
 *     follow this one; or {@code null} if there is nothing new. Only for final verdicts
 */
public record Outcome(
        Verdict verdict,
        String reason,
        @Nullable Duration pause,
        boolean credentials,
        @Nullable Attribution attribution) {

    /** What to do with an event after a reply. */
    public enum Verdict {
        /** The backend has recorded it. Final. */
        RECORDED,
        /** The backend had it already. Final. */
        DUPLICATE,
        /** The backend accepted the call and chose to record nothing. Final. */
        IGNORED,
        /** The backend refused the event itself. Final. */
        REJECTED,
        /** No answer, or none that is the backend's own: send it again later, an attempt is spent. */
        RETRY,
        /** Nothing is wrong with the event: the whole queue waits, no attempt is spent. */
        PAUSE;

        /** Whether the event will not be sent again. */
        public boolean isFinal() {
            return this != RETRY && this != PAUSE;
        }
    }

    /** @throws IllegalArgumentException if a pause is given for another verdict or missing for a pause */
    public Outcome {
        Objects.requireNonNull(reason, "reason");
        if ((verdict == Verdict.PAUSE) == (pause == null)) {
            throw new IllegalArgumentException("a pause has a duration, and nothing else has");
        }
        if (credentials && pause == null) {
            throw new IllegalArgumentException("refused credentials are a pause");
        }
        if (attribution != null && !verdict.isFinal()) {
            throw new IllegalArgumentException("only a final answer says anything new");
        }
    }

    /**
     * An outcome that is not about credentials.
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

    /** Returns {@link Verdict#RECORDED} by a backend that has said more about the click, or about what it has recorded. */
    public static Outcome recorded(Attribution attribution) {
        return recorded().withAttribution(attribution);
    }

    /** Returns this outcome with what is known of the click from now on. */
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
     * Returns {@link Verdict#PAUSE} because the backend refuses the credentials: the queue rests until somebody has mended
     * them, and one event goes ahead as a probe each time the pause has passed.
     */
    public static Outcome credentials(Duration pause, String reason) {
        return new Outcome(Verdict.PAUSE, reason, pause, true, null);
    }
}
