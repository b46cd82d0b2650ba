package io.reftrail.servlet;

import io.reftrail.capture.CapturedQuery;
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
 * A request without the captured parameters. Parameters are looked at only when the application asks for them. Those of
 * a query alone are read from the remaining query, so that a broken captured value, which a container may answer with
 * an error, is as if it had never been there. Where a form's body adds some, the container's are taken, less as many
 * values as the query had: the servlet specification puts the query's first (section 3.1).
 */
final class StrippedRequest extends HttpServletRequestWrapper {

    private final CapturedQuery captured;
    private @Nullable Map<String, String[]> parameters;

    StrippedRequest(HttpServletRequest request, CapturedQuery captured) {
        super(request);
        this.captured = captured;
    }

    @Override
    public @Nullable String getQueryString() {
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
        Map<String, String[]> current = parameters;
        if (current == null) {
            current = hasForm() ? formParameters() : QueryParameters.of(captured.remaining());
            parameters = current;
        }
        return current;
    }

    private boolean hasForm() {
        String type = getContentType() == null ? "" : getContentType().toLowerCase(Locale.ROOT);
        return type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/form-data");
    }

    private Map<String, String[]> formParameters() {
        Map<String, String[]> parameters = new LinkedHashMap<>(super.getParameterMap());
        captured.occurrences()
                .forEach((name, count) -> parameters.computeIfPresent(
                        name,
                        (key, values) ->
                                values.length <= count ? null : Arrays.copyOfRange(values, count, values.length)));
        return parameters;
    }
}
