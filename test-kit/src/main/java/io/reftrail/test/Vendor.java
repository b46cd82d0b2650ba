package io.reftrail.test;

import io.reftrail.backend.HttpReply;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The vendor of a backend in a test. By default it records every event and exchanges a partner's code {@code nora} for the
 * click id {@code clk_nora}. A change applies to later calls, until the next test. Thread-safe.
 */
public final class Vendor {

    /** Returns the answer to an event, or {@code null} for the default answer. */
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
     * Answers with this verdict, as the vendor documents it. Events for which the vendor has no such answer are recorded.
     *
     * @throws IllegalArgumentException if the vendor documents no such answer, or does not come with Reftrail
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

    /** Answers every call with this reply, for backends of your own and for unusual answers. */
    public void answers(int status, String body) {
        answer = event -> new HttpReply(status, null, body, Instant.now());
    }

    /** Answers 503. Waiting events are sent when the vendor {@link #comesBack()}. */
    public void goesAway() {
        answer = event -> new HttpReply(503, AN_HOUR, "", Instant.now());
    }

    /** Answers 401. Waiting events are sent when the vendor {@link #comesBack()}. */
    public void refusesTheKey() {
        answer = event -> new HttpReply(401, null, "{}", Instant.now());
    }

    /**
     * Answers no call. Each event is retried with backoff, at first within a second, so events may be sent only some time after
     * {@link #comesBack()}.
     */
    public void cannotBeReached() {
        answer = event -> {
            throw new IOException("the test says that the vendor cannot be reached");
        };
    }

    /** Restores the default answers and sends waiting events. */
    public void comesBack() {
        answer = BY_ITSELF;
        resume.run();
    }
}
