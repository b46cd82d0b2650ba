package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.reftrail.backend.affihub.AffihubBackend;
import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.backend.internal.Json;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A reply as it came: two octets of status, a line of {@code Retry-After}, the body. Each vendor's interpreter is given it
 * for each kind of event, because one vendor's answer is another one's nonsense.
 */
class BackendReplyFuzzTests {

    private static final List<TrackingBackend> BACKENDS = List.of(
            AffitorBackend.of("key"),
            AffonsoBackend.of("key", "program"),
            AffihubBackend.of("program"),
            DubBackend.builder("key").domain("go.shop.example").build(),
            IntrowBackend.of("key"),
            RefportBackend.of("key"));

    @FuzzTest
    void anyReplyHasAnOutcomeThatIsSafe(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        String[] lines = text.split("\n", 3);
        HttpReply reply = Replies.reply(status(lines[0]), lines.length > 2 ? lines[2] : "", retryAfter(lines));
        for (TrackingBackend backend : BACKENDS) {
            for (Event.Type type : backend.reports()) {
                Event event = Journeys.event(backend, type);
                Outcome outcome = backend.outcome(event, reply);
                String what = backend.name() + " " + type + " " + reply.status();
                assertThat(outcome).as(what).isEqualTo(backend.outcome(event, reply));
                isSafe(what, reply, outcome);
            }
        }
    }

    private static int status(String line) {
        return 100 + Math.floorMod(line.matches("[0-9]{1,3}") ? Integer.parseInt(line) - 100 : line.hashCode(), 500);
    }

    private static String retryAfter(String[] lines) {
        return lines.length > 1 ? lines[1] : "";
    }

    /** Some say nothing of a refusal's body; there, all but a page of HTML is taken for their own. */
    private static boolean isTheirOwn(String what, HttpReply reply) {
        return what.matches("(affihub|introw) .*") && !reply.body().matches("(?s)[\\s\\x{feff}]*<.*");
    }

    private static void isSafe(String what, HttpReply reply, Outcome outcome) {
        assertThat(outcome.reason()).as(what).isNotBlank().hasSizeLessThan(200).matches("[\\x20-\\x7e]+");
        Duration pause = outcome.pause();
        if (pause != null) {
            assertThat(pause).as(what).isBetween(RetryAfter.SHORTEST, RetryAfter.LONGEST);
        }
        if (reply.status() / 100 == 5 || reply.status() / 100 == 3 || reply.status() / 100 == 1) {
            assertThat(outcome.verdict().isFinal()).as(what).isFalse();
        }
        if (reply.status() == 429) {
            assertThat(outcome.verdict()).as(what).isEqualTo(Verdict.PAUSE);
        }
        if (outcome.verdict() == Verdict.REJECTED && reply.status() / 100 != 2) {
            assertThat(Json.parse(reply.body()) != null || isTheirOwn(what, reply))
                    .as(what)
                    .isTrue();
        }
        Attribution attribution = outcome.attribution();
        if (attribution != null && attribution.clickId() != null) {
            assertThat(attribution.clickId()).as(what).matches("[\\x21-\\x7e]{1,512}");
        }
    }
}
