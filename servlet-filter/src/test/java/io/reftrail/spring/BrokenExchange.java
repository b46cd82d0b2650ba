package io.reftrail.spring;

import io.reftrail.capture.CookieExchange;
import java.util.List;

/** A request that its container has taken back. */
final class BrokenExchange implements CookieExchange {

    @Override
    public List<String> cookieHeaders() {
        throw new AssertionError("the request of mia is over");
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public void addSetCookie(String setCookie) {
        throw new AssertionError("the request of mia is over");
    }
}
