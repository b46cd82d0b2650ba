package io.reftrail.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request whose cookies come in other lines than they were sent in. */
final class OtherCookies extends HttpServletRequestWrapper {

    private final List<String> lines;

    OtherCookies(HttpServletRequest request, String... lines) {
        super(request);
        this.lines = List.of(lines);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equals("Cookie") ? lines.get(0) : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return name.equals("Cookie") ? Collections.enumeration(lines) : super.getHeaders(name);
    }
}
