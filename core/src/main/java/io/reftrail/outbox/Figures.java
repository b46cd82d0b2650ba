package io.reftrail.outbox;

import io.reftrail.model.InvalidSettingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The figures that the processes which share an outbox keep in it for their operators: counts of decisions, the state of each process,
 * and requests to all of them. Times follow the outbox's own clock. Thread-safe. Each method throws an {@link OutboxException} if the
 * outbox cannot be reached.
 */
public interface Figures {

    /** How long counts are kept by the minute. */
    Duration KEPT_BY_THE_MINUTE = Duration.ofHours(25);

    /** How long counts are kept by the hour. */
    Duration KEPT_BY_THE_HOUR = Duration.ofDays(8);

    /** How long counts are kept by the day, which begins at midnight in UTC. */
    Duration KEPT_BY_THE_DAY = Duration.ofDays(400);

    /** The age from which a request to all processes is no longer followed. */
    Duration REQUEST_LIFE = Duration.ofMinutes(2);

    /**
     * Requires that figures can be stored.
     *
     * @throws InvalidSettingException if their tables are missing; the message says what to do
     */
    void require();

    /** Returns the time by the outbox's clock. */
    Instant now();

    /** Adds counts to those of the current minute, hour and day, and removes counts that are too old. */
    void add(List<Count> counts);

    /**
     * Returns the counts of all processes since a time, added up over periods of one length. Periods without a count are left out.
     *
     * @param since the beginning of the first period: a full minute, hour or day, according to the length
     * @param length the length of a period: full minutes below an hour, full hours below a day, full days otherwise
     */
    List<Count> counts(Instant since, Duration length);

    /**
     * Stores the state of this process in place of the one that it has stored before.
     *
     * @param state a text without personal data
     */
    void report(String state);

    /** Returns what the processes that are alive have reported, by their ids. */
    Map<String, String> reports();

    /** Returns the id of this process. */
    String self();

    /**
     * Requests something of all processes, this one included, in place of an earlier request of the same name.
     *
     * @param name at most 40 characters
     */
    void request(String name);

    /** Returns the requests that are younger than {@link #REQUEST_LIFE}, with the times at which they were made. */
    Map<String, Instant> requests();
}
