package io.reftrail.capture;

import java.util.List;
import java.util.Map;

/**
 * The result of reading a query string that contains a captured parameter.
 *
 * @param clicks the usable clicks, at most one for each backend
 * @param rejected the rules whose parameter has no usable value, with the reason
 * @param remaining the query without the captured parameters, every other byte unchanged; may be empty
 * @param removed how often each parameter was removed, by its decoded name as it is written in the query; empty if the query is
 *     unchanged
 */
public record CapturedQuery(
        List<CapturedClick> clicks, List<Rejected> rejected, String remaining, Map<String, Integer> removed) {

    /** Copies the lists and the map. */
    public CapturedQuery {
        clicks = List.copyOf(clicks);
        rejected = List.copyOf(rejected);
        removed = Map.copyOf(removed);
    }

    /** Leaves the rest of the query out: links contain tokens and addresses. */
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
     * A captured parameter without a usable value.
     *
     * @param rule the rule of the parameter
     * @param result the reason: {@link CaptureResult#NOT_A_VISIT}, {@link CaptureResult#NOT_A_CODE}, {@link CaptureResult#EMPTY},
     *     {@link CaptureResult#TOO_LONG}, {@link CaptureResult#BROKEN_ENCODING} or {@link CaptureResult#INVALID_CHARACTER}
     */
    public record Rejected(CaptureRule rule, CaptureResult result) {}
}
