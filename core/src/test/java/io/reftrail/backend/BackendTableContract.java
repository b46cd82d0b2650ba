package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.util.ArrayList;
import java.util.List;
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
                .containsAll(backend.reports());
    }

    @Test
    void nothingIsRecordedByAReplyThatIsNotListed() {
        forEachReply(status -> true, this::bodies, (event, reply) -> {
            if (outcome(event, reply).verdict() == Verdict.RECORDED) {
                assertThat(isListed(event.type(), reply))
                        .as(describe(event, reply))
                        .isTrue();
            }
        });
    }

    /** The very body with another 2xx is the vendor's own word too; so is another document with the very status. */
    private boolean isListed(Event.Type type, HttpReply reply) {
        boolean success = reply.status() / 100 == 2;
        return (success && ignoresBodies(type))
                || rows(type).stream()
                        .filter(row -> row.verdict() == Verdict.RECORDED)
                        .anyMatch(row -> row.reply().body().equals(reply.body())
                                ? success && row.status() / 100 == 2
                                : row.status() == reply.status()
                                        && isDocument(row.reply().body())
                                        && isDocument(reply.body()));
    }

    private static boolean isDocument(String body) {
        return new EchoedReplies(body).isDocument();
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
                        .as(describe(event, reply))
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
