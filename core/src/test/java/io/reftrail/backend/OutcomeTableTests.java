package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reftrail.backend.affihub.AffihubBackend;
import io.reftrail.backend.affihub.AffihubOutcomes;
import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.backend.affitor.AffitorOutcomes;
import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.backend.affonso.AffonsoOutcomes;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.backend.dub.DubOutcomes;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.introw.IntrowBackend.Conversion;
import io.reftrail.backend.introw.IntrowOutcomes;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.backend.refport.RefportOutcomes;
import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each backend's table of replies, and replies that mean the same to all of them. */
class OutcomeTableTests {

    private static final String SECRET = "s3cr3t";

    private static final Map<TrackingBackend, List<OutcomeRow>> TABLES = Map.of(
            AffitorBackend.of(SECRET),
            AffitorOutcomes.ROWS,
            AffitorBackend.builder(SECRET).programId("12").testMode(true).build(),
            AffitorOutcomes.TESTS,
            IntrowBackend.builder(SECRET).conversion(Conversion.SALE).build(),
            IntrowOutcomes.of(Event.Type.SALE),
            AffonsoBackend.of(SECRET, "prg_1"),
            AffonsoOutcomes.ROWS,
            AffihubBackend.of("prog_1"),
            AffihubOutcomes.ROWS,
            DubBackend.builder(SECRET).domain("go.shop.example").build(),
            DubOutcomes.ROWS,
            IntrowBackend.of(SECRET),
            IntrowOutcomes.ROWS,
            RefportBackend.of(SECRET),
            RefportOutcomes.ROWS);

    static Stream<Arguments> rows() {
        return TABLES.entrySet().stream().flatMap(table -> table.getValue().stream()
                .map(row -> arguments(
                        table.getKey().name(), Journeys.event(table.getKey(), row.type()), row, table.getKey())));
    }

    static Stream<Arguments> sharedRows() {
        return TABLES.keySet().stream()
                .flatMap(backend -> backend.reports().stream().flatMap(type -> Rows.shared(type).stream()
                        .map(row -> arguments(backend.name(), Journeys.event(backend, type), row, backend))));
    }

    static Stream<Arguments> olderRows() {
        AffitorBackend affitor = AffitorBackend.of(SECRET);
        Attribution older = Journeys.clicked(affitor).with(Attribution.COOKIE, "customer_code");
        Lead lead = Journeys.lead(affitor).withAttribution(older);
        return AffitorOutcomes.OLDER.stream().map(row -> arguments("affitor", lead, row, affitor));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource({"rows", "sharedRows", "olderRows"})
    void eachReplyHasOneMeaning(String name, Event event, OutcomeRow row, TrackingBackend backend) {
        Outcome outcome =
                backend.outcome(event, Replies.reply(row.status(), Replies.body(row.body()), row.retryAfter()));

        assertThat(outcome.verdict()).isEqualTo(row.verdict());
        assertThat(outcome.pause()).isEqualTo(row.pause());
        assertThat(outcome.reason()).isNotBlank().doesNotContain(SECRET);
        assertThat(row.meaning()).isNotBlank();
    }

    static Stream<Arguments> broken() {
        return TABLES.keySet().stream()
                .filter(backend -> !backend.name().equals(AffihubBackend.NAME))
                .flatMap(backend -> backend.reports().stream()
                        .flatMap(type -> Stream.of("empty", "HTML", "garbage", "cut", "deep", "[]", "7", "true")
                                .flatMap(body -> Stream.of(200, 201, 202, 204)
                                        .map(status -> arguments(backend, type, status, body)))));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("broken")
    void aSuccessThatSaysNothingIsNone(TrackingBackend backend, Event.Type type, int status, String body) {
        Outcome outcome =
                backend.outcome(Journeys.event(backend, type), Replies.reply(status, Replies.body(body), null));

        assertThat(outcome.verdict()).isEqualTo(Verdict.RETRY);
    }
}
