package io.reftrail.servlet;

import io.reftrail.capture.CapturedQuery;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request without the captured ones. Those of a query alone are read from the remaining query, so
 * that a broken captured value, which a container may answer with an error, is as if it had never been there. Where a
 * form's body adds some, the container's are taken, less as many values as the query had: the servlet specification puts
 * the query's first (section 3.1).
 */
final class StrippedParameters {

    private final HttpServletRequest request;
    private final CapturedQuery captured;
    private @Nullable Map<String, String[]> own;

    StrippedParameters(HttpServletRequest request, CapturedQuery captured) {
        this.request = request;
        this.captured = captured;
    }

    /**
     * Returns the parameters as they are during a dispatch. Some containers put a request of their own, which has the
     * parameters of the dispatch in front of the others, beneath our wrapper; others put it above.
     *
     * @param current the request beneath our wrapper
     */
    Map<String, String[]> during(ServletRequest current) {
        Map<String, String[]> parameters = own();
        return current == request ? parameters : withThoseOfTheDispatch(parameters, current);
    }

    private Map<String, String[]> withThoseOfTheDispatch(Map<String, String[]> parameters, ServletRequest current) {
        Map<String, String[]> before;
        Map<String, String[]> all;
        try {
            before = request.getParameterMap();
            all = current.getParameterMap();
        } catch (IllegalStateException brokenValue) {
            before = Map.of();
            all = QueryParameters.of(queryOfTheDispatch(current));
        }
        Map<String, String[]> merged = new LinkedHashMap<>(parameters);
        for (Map.Entry<String, String[]> entry : all.entrySet()) {
            String[] values = entry.getValue();
            int added = values.length - before.getOrDefault(entry.getKey(), new String[0]).length;
            if (added > 0) {
                String[] rest = parameters.getOrDefault(entry.getKey(), new String[0]);
                merged.put(entry.getKey(), QueryParameters.concatenate(Arrays.copyOf(values, added), rest));
            }
        }
        return merged;
    }

    private String queryOfTheDispatch(ServletRequest current) {
        if (current.getAttribute(RequestDispatcher.INCLUDE_QUERY_STRING) instanceof String included) {
            return included;
        }
        String query = current instanceof HttpServletRequest dispatched ? dispatched.getQueryString() : null;
        return query == null || query.equals(request.getQueryString()) ? "" : query;
    }

    private Map<String, String[]> own() {
        if (own == null) {
            own = read();
        }
        return own;
    }

    private Map<String, String[]> read() {
        String type =
                request.getContentType() == null ? "" : request.getContentType().toLowerCase(Locale.ROOT);
        boolean form = type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/form-data");
        return form ? withoutCaptured(request.getParameterMap()) : QueryParameters.of(captured.remaining());
    }

    private Map<String, String[]> withoutCaptured(Map<String, String[]> all) {
        Map<String, String[]> parameters = new LinkedHashMap<>(all);
        captured.occurrences()
                .forEach((name, count) -> parameters.computeIfPresent(
                        name,
                        (key, values) ->
                                values.length <= count ? null : Arrays.copyOfRange(values, count, values.length)));
        return parameters;
    }
}
