package io.reftrail.servlet;

import io.reftrail.capture.CapturedQuery;
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
     * parameters of the dispatch in front of the others, beneath our wrapper; others put it above; others change the one that
     * is there.
     *
     * @param current the request beneath our wrapper
     * @param dispatched the query of the path that is dispatched to, empty without one
     */
    Map<String, String[]> during(ServletRequest current, String dispatched) {
        Map<String, String[]> added = current == request ? QueryParameters.of(dispatched) : Map.of();
        Map<String, String[]> parameters = own(added);
        return current == request
                ? QueryParameters.joined(added, parameters)
                : withThoseOfTheDispatch(parameters, current, dispatched);
    }

    private Map<String, String[]> withThoseOfTheDispatch(
            Map<String, String[]> parameters, ServletRequest current, String dispatched) {
        Map<String, String[]> before;
        Map<String, String[]> all;
        try {
            before = request.getParameterMap();
            all = current.getParameterMap();
        } catch (IllegalStateException brokenValue) {
            before = Map.of();
            all = QueryParameters.of(dispatched);
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

    private Map<String, String[]> own(Map<String, String[]> added) {
        if (own == null) {
            own = read(added);
        }
        return own;
    }

    private Map<String, String[]> read(Map<String, String[]> added) {
        String type =
                request.getContentType() == null ? "" : request.getContentType().toLowerCase(Locale.ROOT);
        boolean form = type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/form-data");
        if (!form) {
            return QueryParameters.of(captured.remaining());
        }
        Map<String, String[]> parameters = new LinkedHashMap<>(request.getParameterMap());
        added.forEach((name, values) -> dropFirst(values.length, name, parameters));
        captured.occurrences().forEach((name, count) -> dropFirst(count, name, parameters));
        return parameters;
    }

    private static void dropFirst(int count, String name, Map<String, String[]> parameters) {
        parameters.computeIfPresent(
                name,
                (key, values) -> values.length <= count ? null : Arrays.copyOfRange(values, count, values.length));
    }
}
