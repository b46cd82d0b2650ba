package io.reftrail.servlet;

import io.reftrail.capture.CapturedQuery;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request without the captured parameters. Parameters are looked at only when the application asks for them. During a
 * dispatch to a path with a query of its own, that query counts, as without this wrapper.
 */
final class StrippedRequest extends HttpServletRequestWrapper {

    private final CapturedQuery captured;
    private final String original;
    private final StrippedParameters stripped;
    private @Nullable ServletRequest parametersOf;
    private String parametersDuring = "";
    private Map<String, String[]> parameters = Map.of();

    StrippedRequest(HttpServletRequest request, CapturedQuery captured) {
        super(request);
        this.captured = captured;
        this.original = request.getQueryString();
        this.stripped = new StrippedParameters(request, captured);
    }

    @Override
    public @Nullable String getQueryString() {
        String current = super.getQueryString();
        if (!original.equals(current)) {
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
        String dispatched = queryOfTheDispatch(current);
        if (parametersOf != current || !parametersDuring.equals(dispatched)) {
            parameters = stripped.during(current, dispatched);
            parametersOf = current;
            parametersDuring = dispatched;
        }
        return parameters;
    }

    private String queryOfTheDispatch(ServletRequest current) {
        if (current.getAttribute(RequestDispatcher.INCLUDE_QUERY_STRING) instanceof String included) {
            return included;
        }
        String query = super.getQueryString();
        return query == null || query.equals(original) ? "" : query;
    }
}
