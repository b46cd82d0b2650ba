package io.reftrail.capture;

import java.util.List;
import java.util.Map;

/**
 * A query string in which a captured parameter was found.
 *
 * @param clicks the usable clicks, at most one for each rule
 * @param rejected the rules whose parameter was there with a value that cannot be a click id
 * @param remaining the query without the captured parameters, every other byte as it was; may be empty
 * @param occurrences how often each captured parameter stood in the query, by its decoded name
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
     * A click id that arrived.
     *
     * @param rule how it is kept
     * @param clickId the decoded click id
     */
    public record CapturedClick(CaptureRule rule, String clickId) {

        /** Leaves the click id out: it identifies a visitor. */
        @Override
        public String toString() {
            return "CapturedClick[backend=" + rule.backend() + "]";
        }
    }

    /**
     * A parameter whose value is no click id.
     *
     * @param rule whose parameter it is
     * @param result why: {@link CaptureResult#EMPTY}, {@link CaptureResult#TOO_LONG} or
     *     {@link CaptureResult#MALFORMED}
     */
    public record Rejected(CaptureRule rule, CaptureResult result) {}
}
