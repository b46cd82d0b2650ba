package io.reftrail.backend;

import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.model.Event;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What can be wrong with what a backend says of itself. */
final class DefectiveRules {

    static final List<Defect> ALL = List.of(
            new Defect("a name for show", "theNameIsLowerCaseLettersAndDigits", wrong -> wrong.name = "Acme-1"),
            new Defect(
                    "rules of another",
                    "theRulesAreItsOwnAndValid",
                    wrong -> wrong.rules = rule -> rule("introw", "ex", "c", 60)),
            new Defect(
                    "a cookie with a space",
                    "theRulesAreItsOwnAndValid",
                    wrong -> wrong.rules = rule -> rule(rule.backend(), "ex", "a b", 60)),
            new Defect(
                    "a foreign parameter",
                    "theRulesAreItsOwnAndValid",
                    wrong -> wrong.rules = rule -> rule(rule.backend(), "\u00e4x", "c", 60)),
            new Defect(
                    "no window",
                    "theRulesAreItsOwnAndValid",
                    wrong -> wrong.rules = rule -> rule(rule.backend(), "ex", "c", 0)),
            new Defect(
                    "a code that is never reported",
                    "whatIsCapturedAsACodeIsReportedAsAClick",
                    wrong -> wrong.reports = Set.of(Event.Type.LEAD)),
            new Defect("no event name", "itReportsSomethingUnderAName", wrong -> wrong.leadEventName = " "),
            new Defect("no reports", "itReportsSomethingUnderAName", wrong -> wrong.reports = Set.of()),
            new Defect("no time", "eachEventIsTriedForASpanThatEnds", wrong -> wrong.deliveryTimeout = Duration.ZERO),
            new Defect(
                    "too much time",
                    "eachEventIsTriedForASpanThatEnds",
                    wrong -> wrong.deliveryTimeout = Duration.ofDays(91)),
            new Defect(
                    "a limit beyond all time",
                    "theLimitIsOneAndLetsEventsThrough",
                    wrong -> wrong.rateLimit = new RateLimit(1, Duration.ofDays(31))),
            new Defect(
                    "a checkout without click",
                    "aCheckoutCarriesTheClickOrNothing",
                    wrong -> wrong.checkoutValue = (customer, click) -> customer),
            new Defect(
                    "a checkout key with a dot",
                    "aCheckoutCarriesTheClickOrNothing",
                    wrong -> wrong.checkoutKey = "exemplary.click"),
            new Defect(
                    "a fussy checkout",
                    "aCheckoutOfAHostileCustomerIsNoFailure",
                    wrong -> wrong.checkoutValue =
                            (customer, click) -> URI.create(customer + click).toString()));

    private DefectiveRules() {}

    private static CaptureRule rule(String backend, String parameter, String cookie, int days) {
        return new CaptureRule(
                backend, List.of(parameter), cookie, Duration.ofDays(days), 64, CookieEncoding.RAW, true);
    }
}
