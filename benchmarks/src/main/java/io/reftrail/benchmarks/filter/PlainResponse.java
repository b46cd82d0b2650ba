package io.reftrail.benchmarks.filter;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.Proxy;

/** A response that nobody may touch: a request that has nothing for the filter leaves none. */
final class PlainResponse extends HttpServletResponseWrapper {

    PlainResponse() {
        super((HttpServletResponse) Proxy.newProxyInstance(
                PlainResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.toString());
                }));
    }
}
