package io.reftrail.servlet;

import io.reftrail.capture.CapturedQuery;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request without the captured parameters. It computes the parameters when the application first reads them. During a dispatch to
 * a path with its own query, that query applies, as without this wrapper.
 *
 * <p>Parameters of the query alone are parsed from the remaining query, so that a malformed captured value, which some containers
 * answer with an error, has no effect. If a form's body may add parameters, the container's parameters are used instead. Of each
 * captured parameter, as many values are removed from the beginning as were captured, because the query's values come first (Servlet
 * specification, section 3.1).
 */
final class StrippedRequest extends HttpServletRequestWrapper {

    private final HttpServletRequest request;
    private final CapturedQuery captured;
    private final String originalQuery;
    private @Nullable Map<String, String[]> ownParameters;
    private @Nullable ServletRequest parametersOf;
    private String parametersDuring = "";
    private Map<String, String[]> parameters = Map.of();

    StrippedRequest(HttpServletRequest request, CapturedQuery captured) {
        super(request);
        this.request = request;
        this.captured = captured;
        this.originalQuery = request.getQueryString();
    }

    @Override
    public @Nullable String getQueryString() {
        String current = super.getQueryString();
        if (!originalQuery.equals(current)) {
            return current;
        }
        return captured.remaining().isEmpty() ? null : captured.remaining();
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = parameters().get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] values = parameters().get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(parameters());
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters().keySet());
    }

    private Map<String, String[]> parameters() {
        ServletRequest current = getRequest();
        String dispatchQuery = dispatchQuery(current);
        if (parametersOf != current || !parametersDuring.equals(dispatchQuery)) {
            parameters = parametersDuring(current, dispatchQuery);
            parametersOf = current;
            parametersDuring = dispatchQuery;
        }
        return parameters;
    }

    /** Returns the query of the path that the request is dispatched to, empty without one. */
    private String dispatchQuery(ServletRequest current) {
        if (current.getAttribute(RequestDispatcher.INCLUDE_QUERY_STRING) instanceof String included) {
            return included;
        }
        String query = super.getQueryString();
        return query == null || query.equals(originalQuery) ? "" : query;
    }

    /**
     * Returns the parameters during a dispatch. Some containers insert a request with the dispatch's parameters beneath this wrapper,
     * others put one above it, others change the existing one.
     */
    private Map<String, String[]> parametersDuring(ServletRequest current, String dispatchQuery) {
        Map<String, String[]> added = current == request ? QueryParameters.of(dispatchQuery) : Map.of();
        if (ownParameters == null) {
            ownParameters = ownParameters(added);
        }
        return current == request
                ? QueryParameters.joined(added, ownParameters)
                : withDispatchParameters(ownParameters, current, dispatchQuery);
    }

    private Map<String, String[]> withDispatchParameters(
            Map<String, String[]> own, ServletRequest current, String dispatchQuery) {
        Map<String, String[]> before;
        Map<String, String[]> all;
        try {
            before = request.getParameterMap();
            all = current.getParameterMap();
        } catch (IllegalStateException malformedValue) {
            before = Map.of();
            all = QueryParameters.of(dispatchQuery);
        }
        Map<String, String[]> merged = new LinkedHashMap<>(own);
        for (Map.Entry<String, String[]> entry : all.entrySet()) {
            String[] values = entry.getValue();
            int added = values.length - before.getOrDefault(entry.getKey(), new String[0]).length;
            if (added > 0) {
                String[] rest = own.getOrDefault(entry.getKey(), new String[0]);
                merged.put(entry.getKey(), QueryParameters.concatenate(Arrays.copyOf(values, added), rest));
            }
        }
        return merged;
    }

    private Map<String, String[]> ownParameters(Map<String, String[]> added) {
        if (!mayHaveForm() && isAscii(captured.remaining())) {
            return QueryParameters.of(captured.remaining());
        }
        Map<String, String[]> own = new LinkedHashMap<>(request.getParameterMap());
        added.forEach((name, values) -> dropFirst(values.length, name, own));
        captured.removed().forEach((name, count) -> dropFirst(count, name, own));
        return own;
    }

    /** Each container decodes other octets of a query in its own way, so its own parameters are used for them. */
    private static boolean isAscii(String query) {
        return query.chars().allMatch(c -> c < 0x80);
    }

    private boolean mayHaveForm() {
        String type =
                request.getContentType() == null ? "" : request.getContentType().toLowerCase(Locale.ROOT);
        return type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/form-data");
    }

    private static void dropFirst(int count, String name, Map<String, String[]> parameters) {
        parameters.computeIfPresent(
                name,
                (key, values) -> values.length <= count ? null : Arrays.copyOfRange(values, count, values.length));
    }
}
