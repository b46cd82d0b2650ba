package io.reftrail.delivery;

import java.time.Duration;

/**
 * The state of one backend's queue in this process. Holds no secrets and no personal data.
 *
 * @param backend the backend's name
 * @param state whether events are sent
 * @param pause the time until the pause ends; zero while the queue runs
 * @param reason the reason of the pause; empty while the queue runs
 * @param inFlight the number of calls in flight
 */
public record QueueStatus(String backend, State state, Duration pause, String reason, int inFlight) {

    /** The state of a queue. */
    public enum State {
        /** Events are sent when they are due. */
        RUNNING,
        /** The backend has asked for a pause. After it, one event is sent as a probe. */
        PAUSED,
        /** The backend refuses the credentials, which have to be corrected. One event is sent as a probe at intervals. */
        PAUSED_FOR_CREDENTIALS
    }
}
