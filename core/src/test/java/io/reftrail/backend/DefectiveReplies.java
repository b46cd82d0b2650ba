package io.reftrail.backend;

import io.reftrail.model.Attribution;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What can be wrong with the reading of a reply. */
final class DefectiveReplies {

    static final List<Defect> ALL = List.of(
            new Defect(
                    "throws at an empty body",
                    "anyReplyHasAnOutcome",
                    wrong -> wrong.outcomes = (reply, outcome) ->
                            outcome.withAttribution(reply.body().charAt(0) == '<' ? outcome.attribution() : null)),
            new Defect(
                    "no reason",
                    "anyReplyHasAnOutcome",
                    wrong -> wrong.outcomes =
                            (reply, outcome) -> reply.status() == 304 ? Outcome.of(Verdict.RETRY, "") : outcome),
            new Defect(
                    "no pause",
                    "anyReplyHasAnOutcome",
                    wrong -> wrong.outcomes =
                            (reply, outcome) -> reply.status() == 503 ? Outcome.pause(Duration.ZERO, "now") : outcome),
            new Defect(
                    "seconds only",
                    "anyRetryAfterIsRead",
                    wrong -> wrong.outcomes = (reply, outcome) -> outcome.pause() == null
                            ? outcome
                            : Outcome.pause(
                                    Duration.ofSeconds(1
                                            + Math.abs(Long.parseLong(
                                                    Objects.requireNonNullElse(reply.retryAfter(), "1")))),
                                    "limit")),
            new Defect(
                    "any not found is final",
                    "aPageOfHtmlIsNoVerdict",
                    wrong -> wrong.outcomes = (reply, outcome) ->
                            reply.status() == 404 ? Outcome.of(Verdict.REJECTED, "unknown") : outcome),
            new Defect(
                    "an error is final",
                    "aServerErrorIsNoVerdict",
                    wrong -> wrong.outcomes =
                            (reply, outcome) -> reply.status() == 501 ? Outcome.of(Verdict.REJECTED, "no") : outcome),
            new Defect(
                    "a limit is tried again",
                    "tooManyCallsPauseForAsLongAsTheyAreToldTo",
                    wrong -> wrong.outcomes =
                            (reply, outcome) -> reply.status() == 429 ? Outcome.of(Verdict.RETRY, "limit") : outcome),
            new Defect(
                    "retry after unread",
                    "tooManyCallsPauseForAsLongAsTheyAreToldTo",
                    wrong -> wrong.outcomes = (reply, outcome) ->
                            reply.status() == 429 ? Outcome.pause(Duration.ofSeconds(30), "limit") : outcome),
            new Defect(
                    "a bad key goes unsaid",
                    "refusedCredentialsPause",
                    wrong -> wrong.outcomes = (reply, outcome) ->
                            reply.status() == 403 ? Outcome.pause(Duration.ofMinutes(5), "key") : outcome),
            new Defect(
                    "any success records",
                    "nothingIsSettledByAnAnswerThatIsNotListed",
                    wrong -> wrong.outcomes = (reply, outcome) ->
                            reply.status() == 200 && !reply.body().contains("<") ? Outcome.recorded() : outcome),
            new Defect(
                    "another status records",
                    "nothingIsSettledByAnAnswerThatIsNotListed",
                    wrong -> wrong.outcomes = (reply, outcome) ->
                            reply.status() == 202 && reply.body().equals("{}") ? Outcome.recorded() : outcome),
            new Defect(
                    "any document records",
                    "nothingIsSettledByAnAnswerThatIsNotListed",
                    wrong -> wrong.outcomes = (reply, outcome) ->
                            reply.status() == 200 && reply.body().startsWith("{\"") ? Outcome.recorded() : outcome),
            new Defect(
                    "silence is a no",
                    "nothingIsSettledByAnAnswerThatIsNotListed",
                    wrong -> wrong.outcomes = (reply, outcome) ->
                            reply.status() == 204 && reply.body().isEmpty()
                                    ? Outcome.of(Verdict.IGNORED, "nothing said")
                                    : outcome),
            new Defect(
                    "a redirect is a yes",
                    "nothingIsSettledByAnAnswerThatIsNotListed",
                    wrong -> wrong.outcomes = (reply, outcome) -> reply.status() == 304 ? Outcome.recorded() : outcome),
            new Defect(
                    "a proxy is believed",
                    "aRefusalThatIsNoDocumentIsNoVerdict",
                    wrong -> wrong.outcomes = (reply, outcome) ->
                            reply.status() == 400 && reply.body().startsWith("up")
                                    ? Outcome.of(Verdict.REJECTED, "no")
                                    : outcome),
            new Defect(
                    "a click without an id",
                    "aCodeIsExchangedForAClickId",
                    wrong -> wrong.outcomes =
                            (reply, outcome) -> outcome.attribution() == null ? outcome : Outcome.recorded()),
            new Defect(
                    "an id for another click",
                    "aCodeIsExchangedForAClickId",
                    wrong -> wrong.outcomes = (reply, outcome) -> outcome.attribution() == null
                            ? outcome
                            : Outcome.recorded(new Attribution(ExemplaryBackend.NAME, "e1", OutcomeRow.RECEIVED))),
            new Defect(
                    "a reason from the reply",
                    "noOutcomeRepeatsWhatAReplyEchoes",
                    wrong -> wrong.outcomes = (reply, outcome) -> outcome.verdict() == Verdict.DUPLICATE
                            ? Outcome.of(Verdict.DUPLICATE, "already: " + reply.body())
                            : outcome),
            new Defect(
                    "a talkative backend",
                    "noToStringTellsAnything",
                    wrong -> wrong.text = TrackingBackendContract.SECRET));

    private DefectiveReplies() {}
}
