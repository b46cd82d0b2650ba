package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Meanings that a reply must not have, whatever its sender. */
public abstract class BackendReplyContract extends BackendContentContract {

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    @Test
    void anyReplyHasAnOutcome() {
        forEachReply(status -> true, this::bodies, (event, reply) -> {
            Outcome outcome = outcome(event, reply);
            assertThat(outcome.reason()).as(() -> describe(event, reply)).isNotBlank();
            if (outcome.pause() != null) {
                assertThat(outcome.pause()).as(() -> describe(event, reply)).isGreaterThanOrEqualTo(SHORTEST_PAUSE);
            }
        });
    }

    @Test
    void anyRetryAfterIsRead() {
        List<String> texts = new ArrayList<>(HostileReplies.retryAfters().keySet());
        forEachReply(status -> true, event -> List.of("", "{}"), (event, reply) -> {
            for (String text : texts) {
                outcome(event, HostileReplies.reply(reply.status(), text, reply.body()));
            }
        });
    }

    @Test
    void aPageOfHtmlIsNoVerdict() {
        forEachReply(status -> true, event -> HostileReplies.PAGES, (event, reply) -> {
            if (reply.status() / 100 != 2 || !ignoresBodies(event.type())) {
                assertThat(outcome(event, reply).verdict())
                        .as(() -> describe(event, reply))
                        .isIn(Verdict.RETRY, Verdict.PAUSE);
            }
        });
    }

    /** A proxy's line of text is not an answer either, and a refused event would be lost. */
    @Test
    void aRefusalThatIsNoDocumentIsNoVerdict() {
        forEachReply(status -> status / 100 == 4, this::bodies, (event, reply) -> {
            if (!new ListedReplies(rows(event.type())).refuse(reply)) {
                assertThat(outcome(event, reply).verdict().isFinal())
                        .as(() -> describe(event, reply))
                        .isFalse();
            }
        });
    }

    @Test
    void aServerErrorIsNoVerdict() {
        forEachReply(status -> status >= 500, this::bodies, (event, reply) -> assertThat(
                        outcome(event, reply).verdict().isFinal())
                .as(() -> describe(event, reply))
                .isFalse());
    }

    @Test
    void tooManyCallsPauseForAsLongAsTheyAreToldTo() {
        forEachReply(status -> status == 429, this::bodies, (event, reply) -> {
            assertPause(event, reply, null);
            HostileReplies.retryAfters()
                    .forEach((text, pause) -> assertPause(event, HostileReplies.reply(429, text, reply.body()), pause));
        });
    }

    private void assertPause(Event event, HttpReply reply, @Nullable Duration expected) {
        Outcome outcome = outcome(event, reply);
        assertThat(outcome.verdict()).as(() -> describe(event, reply)).isEqualTo(Verdict.PAUSE);
        assertThat(outcome.pause())
                .as(() -> describe(event, reply))
                .isBetween(expected == null ? SHORTEST_PAUSE : expected, expected == null ? LONGEST_PAUSE : expected);
    }

    @Test
    void refusedCredentialsPause() {
        forEachReply(status -> status == 401 || status == 403, this::bodies, (event, reply) -> {
            if (rows(event.type()).stream()
                    .noneMatch(row -> row.status() == reply.status() && row.verdict() != Verdict.PAUSE)) {
                Outcome outcome = outcome(event, reply);
                assertThat(outcome.verdict()).as(() -> describe(event, reply)).isEqualTo(Verdict.PAUSE);
                assertThat(outcome.credentials())
                        .as(() -> describe(event, reply))
                        .isTrue();
            }
        });
    }

    /** Whatever the vendor's own answers hold, and much that it would never answer. */
    final List<String> bodies(Event event) {
        List<String> bodies = new ArrayList<>(HostileReplies.BODIES);
        bodies.addAll(HostileReplies.PAGES);
        rows(event.type()).forEach(row -> bodies.add(row.reply().body()));
        return bodies.stream().distinct().toList();
    }

    /** Bodies to try with an event. */
    interface Bodies {

        List<String> of(Event event);
    }

    /** Tries each body with the statuses that the table lists, and with others. */
    final void forEachReply(IntPredicate statuses, Bodies bodies, BiConsumer<Event, HttpReply> check) {
        for (Event event : events.typical()) {
            Set<Integer> listed =
                    rows(event.type()).stream().map(OutcomeRow::status).collect(Collectors.toSet());
            for (String body : bodies.of(event)) {
                IntStream.rangeClosed(100, 599)
                        .filter(statuses)
                        .filter(status -> listed.contains(status) || isTried(status, body))
                        .forEach(status -> check.accept(event, HostileReplies.reply(status, null, body)));
            }
        }
    }

    /**
     * Returns whether a body is tried with a status that no row lists: an empty one with each there can be, one that takes long to
     * parse with a few of each class, and the others with those that have a meaning.
     */
    private static boolean isTried(int status, String body) {
        if (body.isEmpty() || body.equals("{}")) {
            return true;
        }
        return body.length() < 1_000 ? hasMeaning(status) : status % 100 <= 4 || status == 422 || status == 429;
    }

    /** Returns whether a status is in a registered range, or is used by proxies. */
    private static boolean hasMeaning(int status) {
        return status % 100 <= 31 || status == 451 || status == 499 || status == 599;
    }
}
