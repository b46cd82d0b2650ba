package io.reftrail.backend;

import io.reftrail.model.Click;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Sale;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What can be wrong with a call. */
final class DefectiveCalls {

    static final List<Defect> ALL = List.of(
            new Defect(
                    "nothing sent",
                    "aTypicalEventOfEachKindIsSent",
                    wrong -> wrong.outcomeWithoutCall = Outcome.of(Verdict.IGNORED, "no")),
            new Defect(
                    "all taken for known",
                    "anEventOfWhichLittleIsKnownIsSentOrSettled",
                    wrong -> wrong.calls = (event, call) -> {
                        if (event instanceof Click click) {
                            Objects.requireNonNull(click.landing(), "landing");
                        }
                        return call;
                    }),
            new Defect(
                    "a call that varies",
                    "theSameEventGivesTheSameCall",
                    wrong -> wrong.calls = (event, call) -> body(call, Long.toString(System.nanoTime()))),
            new Defect(
                    "a path forgotten",
                    "theAddressIsBelowTheBaseUrl",
                    wrong -> wrong.calls = (event, call) ->
                            uri(call, call.uri().resolve("/v1/track").toString())),
            new Defect(
                    "a key in the query",
                    "theSecretShowsInHeadersOnly",
                    wrong -> wrong.calls = (event, call) -> uri(call, call.uri() + "?k=" + key(call))),
            new Defect(
                    "a key in the body",
                    "theSecretShowsInHeadersOnly",
                    wrong -> wrong.calls = (event, call) -> body(call, "\"" + key(call) + "\"")),
            new Defect(
                    "json by hand",
                    "hostileValuesStayInsideTheirFields",
                    wrong -> wrong.calls = (event, call) -> body(call, "\"" + event.customerId() + "\"")),
            new Defect(
                    "a customer in a header",
                    "hostileValuesStayInsideTheirFields",
                    wrong -> wrong.calls =
                            (event, call) -> header(call, "X-Customer", String.valueOf(event.customerId()))),
            new Defect(
                    "a customer in the path",
                    "hostileValuesStayInsideTheirFields",
                    wrong -> wrong.calls = (event, call) -> uri(call, call.uri() + "/" + event.customerId())),
            new Defect(
                    "two decimals always",
                    "anyAmountCanBeSentOrSettled",
                    wrong -> wrong.calls = (event, call) -> event instanceof Sale sale
                            ? body(
                                    call,
                                    sale.payment().amount().amount().setScale(2).toString())
                            : call),
            new Defect(
                    "half a character",
                    "callsArriveAsTheyWereBuilt",
                    wrong -> wrong.calls = (event, call) -> body(call, "\"\ud83d\"")),
            new Defect(
                    "a line break in a header",
                    "nothingHostileIsChangedOnTheWay",
                    wrong -> wrong.calls =
                            (event, call) -> header(call, "X-Customer", String.valueOf(event.customerId()))));

    private DefectiveCalls() {}

    private static HttpCall body(HttpCall call, String body) {
        return new HttpCall(call.method(), call.uri(), call.headers(), body);
    }

    private static HttpCall uri(HttpCall call, String uri) {
        return new HttpCall(call.method(), URI.create(uri), call.headers(), call.body());
    }

    private static HttpCall header(HttpCall call, String name, String value) {
        return new HttpCall(call.method(), call.uri(), Map.of("X-Api-Key", key(call), name, value), call.body());
    }

    private static String key(HttpCall call) {
        return String.valueOf(call.headers().get("X-Api-Key"));
    }
}
