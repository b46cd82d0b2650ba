package io.reftrail.backend;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Replies as they arrive from a backend, or from what stands before it. */
public final class Replies {

    public static final Instant RECEIVED = Instant.parse("2026-03-01T10:15:30Z");

    private Replies() {}

    public static HttpReply reply(int status, String body) {
        return reply(status, body, null);
    }

    public static HttpReply reply(int status, String body, @Nullable String retryAfter) {
        return new HttpReply(status, retryAfter, body, RECEIVED);
    }

    /** The bodies that tables name rather than show. */
    public static String body(String name) {
        return switch (name) {
            case "empty" -> "";
            case "HTML" -> "\n<!DOCTYPE html><html><body>Bad gateway</body></html>";
            case "garbage" -> "\u0000\u0007}{";
            case "cut" -> "{\"status\":\"recorded\",\"conv";
            case "deep" -> "[".repeat(5_000);
            default -> name;
        };
    }
}
