package io.reftrail.benchmarks.filter;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request of a container without the container: fields and a map. Whatever else it is asked for, it refuses. */
final class PlainRequest extends HttpServletRequestWrapper {

    private final @Nullable String query;
    private final @Nullable String cookies;
    private final Map<String, Object> attributes = new HashMap<>();

    PlainRequest(@Nullable String query, @Nullable String cookies) {
        super((HttpServletRequest) Proxy.newProxyInstance(
                PlainRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.toString());
                }));
        this.query = query;
        this.cookies = cookies;
    }

    @Override
    public @Nullable String getQueryString() {
        return query;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equalsIgnoreCase("Cookie") ? cookies : null;
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public String getProtocol() {
        return "HTTP/1.1";
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }
}
