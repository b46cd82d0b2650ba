package io.reftrail.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reports what an application sees of a request, one line for each fact. Reads parameters only on a path that contains
 * {@code params}, and the body only on one that contains {@code body}.
 */
final class ProbePage implements Page {

    static final String NONE = "<none>";

    @Override
    public void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StringBuilder report = new StringBuilder();
        line(report, "method", request.getMethod());
        line(report, "uri", request.getRequestURI());
        line(report, "query", request.getQueryString() == null ? NONE : request.getQueryString());
        line(report, "dispatcher", request.getDispatcherType().name());
        line(report, "session", String.valueOf(request.getSession(false) != null));
        String cookies = request.getHeader("Cookie");
        line(report, "cookies", cookies == null ? NONE : cookies);
        String path = request.getServletPath();
        if (path.contains("body")) {
            byte[] body = request.getInputStream().readAllBytes();
            line(report, "body", new String(body, StandardCharsets.ISO_8859_1));
        }
        if (path.contains("params")) {
            request.getParameterMap()
                    .forEach((name, values) -> line(report, "parameter " + name, Arrays.toString(values)));
        }
        byte[] bytes = report.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/plain;charset=UTF-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static void line(StringBuilder report, String name, String value) {
        report.append(name).append(": ").append(value).append('\n');
    }
}
