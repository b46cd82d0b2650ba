package io.reftrail.delivery;

import java.time.Duration;

/**
 * How the queue of one backend stands in this process, for operators. Holds neither secrets nor personal data.
 *
 * @param backend the backend's name
 * @param state whether events go out
 * @param pause how long the queue still rests; zero while it runs
 * @param reason why it rests; empty while it runs
 * @param inFlight how many calls are under way
 */
public record QueueStatus(String backend, State state, Duration pause, String reason, int inFlight) {

    /** Whether events go out. */
    public enum State {
        /** They go out as they become due. */
        RUNNING,
        /** The backend has asked for a pause; afterwards one call goes ahead as a probe. */
        PAUSED,
        /** The backend refuses the credentials: somebody has to look. Now and then one call goes ahead as a probe. */
        PAUSED_FOR_CREDENTIALS
    }
}
