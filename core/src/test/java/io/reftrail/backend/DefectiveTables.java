package io.reftrail.backend;

import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import java.util.List;
import java.util.stream.Stream;

/** What can be wrong with a table. */
final class DefectiveTables {

    static final List<Defect> ALL = List.of(
            new Defect(
                    "a row that is not so",
                    "everyRowHolds",
                    wrong -> wrong.table =
                            rows -> with(rows, OutcomeRow.of(Event.Type.LEAD, 418, "{}", Verdict.RETRY, "Tea"))),
            new Defect(
                    "a row without meaning",
                    "everyRowSaysWhatItMeansAndIsThereOnce",
                    wrong -> wrong.table =
                            rows -> with(rows, OutcomeRow.of(Event.Type.LEAD, 418, "{}", Verdict.REJECTED, " "))),
            new Defect(
                    "a row twice",
                    "everyRowSaysWhatItMeansAndIsThereOnce",
                    wrong -> wrong.table = rows -> with(rows, rows.get(0))),
            new Defect(
                    "nothing records",
                    "everyKindOfEventThatIsReportedCanBeRecorded",
                    wrong -> wrong.table = rows -> rows.stream()
                            .filter(row -> row.type() != Event.Type.SALE || row.verdict() != Verdict.RECORDED)
                            .toList()),
            new Defect(
                    "an answer too long for the transport",
                    "anAnswerThatRecordsIsUnderstoodOverTheWire",
                    wrong -> wrong.table = rows -> with(
                            rows,
                            OutcomeRow.of(
                                    Event.Type.LEAD,
                                    200,
                                    "{\"ok\":true,\"padding\":\"" + "x".repeat(70_000) + "\"}",
                                    Verdict.RECORDED,
                                    "Long"))));

    private DefectiveTables() {}

    private static List<OutcomeRow> with(List<OutcomeRow> rows, OutcomeRow row) {
        return Stream.concat(rows.stream(), Stream.of(row)).toList();
    }
}
