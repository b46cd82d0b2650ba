package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the outcome table of a backend must be, and that the backend is as its table says. */
public abstract class BackendTableContract extends BackendReplyContract {

    @Test
    void everyRowHolds() {
        assertThat(table).allSatisfy(row -> {
            Outcome outcome = outcome(event(row, events.typical(row.type())), row.reply());
            assertThat(outcome.verdict()).as(row.toString()).isEqualTo(row.verdict());
            assertThat(outcome.pause()).as(row.toString()).isEqualTo(row.pause());
            assertThat(outcome.reason()).as(row.toString()).isNotBlank();
        });
    }

    @Test
    void everyRowSaysWhatItMeansAndIsThereOnce() {
        assertThat(table).allSatisfy(row -> {
            assertThat(row.meaning()).as(row.toString()).isNotBlank();
            assertThat(backend.reports()).as(row.toString()).contains(row.type());
        });
        assertThat(table.stream()
                        .map(row -> String.join("\n", row.type() + " " + row.status(), row.retryAfter(), row.body())))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyKindOfEventThatIsReportedCanBeRecorded() {
        assertThat(table.stream()
                        .filter(row -> row.verdict() == Verdict.RECORDED)
                        .map(OutcomeRow::type)
                        .distinct())
                .containsAll(events.typical().stream().map(Event::type).toList());
    }

    /** A success is final in whatever way the vendor's documentation says, and nothing but a success records anything. */
    @Test
    void nothingIsSettledByAnAnswerThatIsNotListed() {
        forEachReply(status -> true, this::bodies, (event, reply) -> {
            Verdict verdict = outcome(event, reply).verdict();
            boolean success = reply.status() / 100 == 2;
            if ((success && verdict.isFinal() && !ignoresBodies(event.type()))
                    || (!success && verdict == Verdict.RECORDED)) {
                assertThat(new ListedReplies(rows(event.type())).settle(reply, verdict))
                        .as(() -> verdict + " by " + describe(event, reply))
                        .isTrue();
            }
        });
    }

    /** The events that wait for a click are lost with one that is recorded without an id. */
    @Test
    void aCodeIsExchangedForAClickId() {
        if (backend.captureRules().stream().anyMatch(rule -> rule.meaning() == Meaning.EXCHANGED_CODE)) {
            for (OutcomeRow row : table) {
                if (row.type() == Event.Type.CLICK && row.verdict() == Verdict.RECORDED) {
                    Event again = event(row, events.typical(row.type()));
                    Event first = again.withAttribution(events.pending());
                    String given = clickId(row, first);
                    assertThat(given).as(row.toString()).isNotNull();
                    assertThat(clickId(row, again)).as(row.toString()).isEqualTo(given);
                }
            }
        }
    }

    private @Nullable String clickId(OutcomeRow row, Event event) {
        Attribution attribution = outcome(event, row.reply()).attribution();
        assertThat(attribution).as(row.toString()).isNotNull();
        assertThat(attribution.isToSameClick(event.attribution()))
                .as(row.toString())
                .isTrue();
        return attribution.clickId();
    }

    @Test
    void noOutcomeRepeatsWhatAReplyEchoes() {
        List<String> secrets = new ArrayList<>(KitEvents.PERSONAL);
        secrets.add(SECRET);
        String echo = String.join(" ", secrets);
        for (OutcomeRow row : table) {
            Event event = event(row, events.typical(row.type()));
            for (String body : new EchoedReplies(row.reply().body()).echoing(echo)) {
                HttpReply reply = HostileReplies.reply(row.status(), echo, body);
                Outcome outcome = outcome(event, reply);
                assertThat(List.of(outcome.reason(), outcome.toString(), reply.toString()))
                        .as(() -> describe(event, reply))
                        .noneMatch(text -> secrets.stream().anyMatch(text::contains));
            }
        }
    }

    @Test
    void noToStringTellsAnything() {
        assertThat(events.typical()).allSatisfy(event -> {
            String told = event + " " + backend.call(event) + " " + backend + " "
                    + backend.checkoutMetadata(events.attribution(), KitEvents.CUSTOMER_ID);
            assertThat(told).doesNotContain(KitEvents.PERSONAL).doesNotContain(SECRET);
        });
    }
}
