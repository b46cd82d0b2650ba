package io.reftrail.test;

import io.reftrail.model.Outcome.Verdict;
import io.reftrail.test.Inquiry.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Assertions about one event. Each adds a condition and waits until an event meets all conditions so far.
 *
 * @param <S> the kind of assertions
 */
public abstract class EventAssert<S extends EventAssert<S>> extends AbstractAssert<S, ReportedEvents> {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Inquiry inquiry;
    private final List<String> words = new ArrayList<>();
    private Predicate<Report> wanted;

    /** @param first a description that follows "a" and the kind of event */
    EventAssert(Inquiry inquiry, Class<S> self, String first, Predicate<Report> wanted) {
        super(inquiry.reported(), self);
        this.inquiry = inquiry;
        this.wanted = wanted;
        verify(first);
    }

    private void verify(String word) {
        words.add(word);
        if (!inquiry.await(wanted)) {
            throw failure(
                    "Expected a %s %s, but there is:%s", inquiry.noun(), String.join(" ", words), Listing.of(actual));
        }
    }

    S and(String word, Predicate<Report> more) {
        wanted = wanted.and(more);
        verify(word);
        return myself;
    }

    S and(String word, @Nullable Object expected, Function<Report, @Nullable Object> property) {
        return and(word + " \"" + expected + "\"", report -> Objects.equals(expected, property.apply(report)));
    }

    /** Verifies the backend. */
    public S from(String backend) {
        return and("from", backend, report -> report.event().backend());
    }

    /** Verifies the click id that the event is attributed to; for an exchanged code the vendor's id. */
    public S withClickId(String clickId) {
        return and(
                "with click id", clickId, report -> report.event().attribution().clickId());
    }

    /** Verifies the backend's final answer; without this any final answer does. */
    public S answered(Verdict verdict) {
        return and("answered " + verdict, report -> report.verdict() == verdict);
    }

    /**
     * Verifies the whole body of the request.
     *
     * @param json compared as JSON: neither spaces nor the order of fields matter
     */
    public S withJson(String json) {
        Object expected = JSON.readTree(json);
        return and("with JSON " + json, report -> {
            String sent = report.json();
            return sent != null && JSON.readTree(sent).equals(expected);
        });
    }

    /** Verifies anything else. */
    public S satisfying(String description, Predicate<Report> condition) {
        return and(description, condition);
    }

    /** Returns the first event that meets all conditions, in its present state, for assertions of your own. */
    public Report report() {
        return inquiry.reports().stream().filter(wanted).findFirst().orElseThrow();
    }
}
