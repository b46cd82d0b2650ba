package io.reftrail.capture;

import java.util.List;
import java.util.Map;

/**
 * The result of reading a query string that contains a captured parameter.
 *
 * @param clicks the usable clicks, at most one for each rule
 * @param rejected the rules whose parameter has a value that is not usable
 * @param remaining the query without the captured parameters, every other byte as it was; may be empty
 * @param occurrences how often each captured parameter occurs in the query, by its decoded name
 */
public record CapturedQuery(
        List<CapturedClick> clicks, List<Rejected> rejected, String remaining, Map<String, Integer> occurrences) {

    /** Copies the lists and the map. */
    public CapturedQuery {
        clicks = List.copyOf(clicks);
        rejected = List.copyOf(rejected);
        occurrences = Map.copyOf(occurrences);
    }

    /** Leaves the rest of the query out: links carry tokens and addresses. */
    @Override
    public String toString() {
        return "CapturedQuery[clicks=" + clicks + ", rejected=" + rejected + "]";
    }

    /**
     * A captured click id or partner code.
     *
     * @param rule the rule that captured it
     * @param clickId the decoded click id or code
     */
    public record CapturedClick(CaptureRule rule, String clickId) {

        /** Leaves the click id out: it identifies a visitor. */
        @Override
        public String toString() {
            return "CapturedClick[backend=" + rule.backend() + "]";
        }
    }

    /**
     * A captured parameter with an unusable value.
     *
     * @param rule the rule of the parameter
     * @param result the reason: {@link CaptureResult#EMPTY}, {@link CaptureResult#TOO_LONG} or
     *     {@link CaptureResult#MALFORMED}
     */
    public record Rejected(CaptureRule rule, CaptureResult result) {}
}
