package io.reftrail.test;

import io.reftrail.backend.HttpReply;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a backend's vendor answers in a test. Until it is told otherwise it records everything, and exchanges a partner's code
 * {@code nora} for the click id {@code clk_nora}. A change holds for the calls that come, until the next test. Thread-safe.
 */
public final class Vendor {

    /** Gives an answer to an event, or {@code null} to answer as by itself. */
    @FunctionalInterface
    private interface Answer {

        @Nullable
        HttpReply to(Event event) throws IOException;
    }

    /** Longer than any test. */
    private static final String AN_HOUR = "3600";

    private static final Answer BY_ITSELF = event -> null;

    private final String name;
    private final Runnable resume;
    private volatile Answer answer = BY_ITSELF;

    Vendor(String name, Runnable resume) {
        this.name = name;
        this.resume = resume;
    }

    HttpReply reply(Event event) throws IOException {
        HttpReply reply = answer.to(event);
        return reply == null ? recorded(event) : reply;
    }

    private HttpReply recorded(Event event) {
        VendorReplies.Reply reply = VendorReplies.of(name, event, Verdict.RECORDED);
        return reply == null ? new HttpReply(200, null, "{}", Instant.now()) : reply.now();
    }

    /**
     * Answers with this verdict, in the vendor's own words, wherever the vendor has an answer that says so; other kinds of
     * events are recorded.
     *
     * @throws IllegalArgumentException if the vendor, or a vendor that is not one of the six, has no such answer
     */
    public void answers(Verdict verdict) {
        if (!VendorReplies.has(name, verdict)) {
            throw new IllegalArgumentException("\"" + name + "\" has no answer here that says " + verdict
                    + "; give it one with answers(status, body)");
        }
        answer = event -> {
            VendorReplies.Reply reply = VendorReplies.of(name, event, verdict);
            return reply == null ? null : reply.now();
        };
    }

    /** Answers everything with this: for backends of your own, and answers that nothing else here gives. */
    public void answers(int status, String body) {
        answer = event -> new HttpReply(status, null, body, Instant.now());
    }

    /** Is in maintenance: answers 503. What waits is sent when the vendor {@link #comesBack()}. */
    public void goesAway() {
        answer = event -> new HttpReply(503, AN_HOUR, "", Instant.now());
    }

    /** Refuses the API key: answers 401. What waits is sent when the vendor {@link #comesBack()}. */
    public void refusesTheKey() {
        answer = event -> new HttpReply(401, null, "{}", Instant.now());
    }

    /**
     * Cannot be reached: no call is answered. Each event is tried again by itself, at first within a second and then ever
     * more rarely, so {@link #comesBack()} may not be felt at once.
     */
    public void cannotBeReached() {
        answer = event -> {
            throw new IOException("the test says that the vendor cannot be reached");
        };
    }

    /** Answers again as by itself, and what waits is sent. */
    public void comesBack() {
        answer = BY_ITSELF;
        resume.run();
    }
}
