package io.reftrail.backend;

import io.reftrail.backend.internal.Json;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a call can leave out, and what can be wrong with a click or a confirmation before it is one. */
final class DefectiveContents {

    private static final String CREDITED = "whatTheVendorCreditsByStandsInTheCall";
    private static final String DIFFERENT = "anotherEventIsAnotherCall";
    private static final String MINIMISED = "aClickIsTheSameWithLessOfIt";
    private static final String SETTLED = "whatIsNotSentIsSettled";

    static final List<Defect> ALL = List.of(
            new Defect(
                    "nothing told at all",
                    DIFFERENT,
                    wrong -> wrong.calls = (event, call) -> new HttpCall("DELETE", call.uri(), call.headers(), "{}")),
            forgetting("the click of a lead", Event.Type.LEAD, "click", CREDITED),
            forgetting("the code of a click", Event.Type.CLICK, "code", CREDITED),
            forgetting("the customer of a lead", Event.Type.LEAD, "customer", DIFFERENT),
            forgetting("the invoice of a sale", Event.Type.SALE, "invoice", DIFFERENT),
            forgetting("the amount of a sale", Event.Type.SALE, "amount", DIFFERENT),
            forgetting("the currency of a sale", Event.Type.SALE, "currency", DIFFERENT),
            forgetting("the sale of a refund", Event.Type.REFUND, "invoice", DIFFERENT),
            forgetting("the amount of a refund", Event.Type.REFUND, "amount", DIFFERENT),
            forgetting("that a lead is confirmed", Event.Type.LEAD, "confirms", "aConfirmationIsACallOfItsOwn"),
            new Defect("a click without code", MINIMISED, wrong -> wrong.minimised = click -> coded(click, "none")),
            new Defect(
                    "a click of nobody",
                    MINIMISED,
                    wrong -> wrong.minimised =
                            click -> click.withAttribution(click.attribution().withClickId("none"))),
            new Defect(
                    "a landing that is always known",
                    MINIMISED,
                    wrong -> wrong.minimised = click ->
                            click.withLanding(String.valueOf(click.landing()).substring(10))),
            new Defect(
                    "an end that is none",
                    SETTLED,
                    wrong -> wrong.outcomeWithoutCall = Outcome.of(Verdict.RETRY, "later")),
            new Defect(
                    "an end without reason",
                    SETTLED,
                    wrong -> wrong.outcomeWithoutCall = Outcome.of(Verdict.IGNORED, "")));

    private DefectiveContents() {}

    private static Defect forgetting(String what, Event.Type type, String field, String noticedBy) {
        return new Defect(
                "not told: " + what,
                noticedBy,
                wrong -> wrong.calls = (event, call) -> event.type() == type ? without(call, field) : call);
    }

    private static HttpCall without(HttpCall call, String field) {
        if (Json.parse(call.body()) instanceof ObjectNode body) {
            return new HttpCall(
                    call.method(),
                    call.uri(),
                    call.headers(),
                    body.without(field).toString());
        }
        return call;
    }

    private static Click coded(Click click, String code) {
        return new Click(
                click.attribution(),
                code,
                click.landing(),
                click.referrer(),
                click.userAgent(),
                click.ipAddress(),
                click.parameters(),
                click.occurredAt());
    }
}
