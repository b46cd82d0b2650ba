package io.reftrail.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * A page that carries a visitor's cookie, or may come to: from then on, what the application says of caching counts only if it is
 * as strict.
 */
final class PrivateResponse extends HttpServletResponseWrapper {

    private final HttpServletRequest request;

    PrivateResponse(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
    }

    /** Returns the response of a request; wrapped, if it carries a cookie of ours by now. */
    static HttpServletResponse where(HttpServletRequest request, HttpServletResponse response) {
        return SharedCaches.mustBeKeptOut(request) ? new PrivateResponse(request, response) : response;
    }

    @Override
    public void setHeader(String name, String value) {
        super.setHeader(name, isLoose(name, value) ? SharedCaches.strictest(name) : value);
    }

    @Override
    public void addHeader(String name, String value) {
        if (!isLoose(name, value)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (SharedCaches.obey(name)) {
            setHeader(name, Integer.toString(value));
        } else {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(String name, int value) {
        if (SharedCaches.obey(name)) {
            addHeader(name, Integer.toString(value));
        } else {
            super.addIntHeader(name, value);
        }
    }

    private boolean isLoose(String name, String value) {
        return SharedCaches.obey(name) && SharedCaches.mustBeKeptOut(request) && !SharedCaches.areKeptOut(name, value);
    }
}
