package io.reftrail.test;

import io.reftrail.Reftrail;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.Cookie;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Visitors for {@code MockMvc}: {@code mvc.perform(post("/signup").with(clickedLinkOf("introw", "aff_123")))}. Import the
 * methods statically.
 */
public final class ReftrailRequestPostProcessors {

    private ReftrailRequestPostProcessors() {}

    /**
     * Returns a visitor who has followed a partner link before this request.
     *
     * @param backend the name of an active backend
     * @param value what its links carry: a click id, or a partner's code
     */
    public static ClickRequestPostProcessor clickedLinkOf(String backend, String value) {
        return clicked(PartnerClick.of(backend, value));
    }

    /** Returns a visitor who has made the given click before this request. */
    public static ClickRequestPostProcessor clicked(PartnerClick click) {
        return new ClickRequestPostProcessor(click);
    }

    /** A post-processor that adds the cookies of a visitor who has followed a partner link. Immutable. */
    public static final class ClickRequestPostProcessor implements RequestPostProcessor {

        private static final String COOKIE = "Cookie";

        private final PartnerClick click;

        ClickRequestPostProcessor(PartnerClick click) {
            this.click = click;
        }

        /** Returns this click at another time, see {@link PartnerClick#at}. */
        public ClickRequestPostProcessor at(Instant time) {
            return new ClickRequestPostProcessor(click.at(time));
        }

        /** Returns this click before its exchange, see {@link PartnerClick#notYetExchanged}. */
        public ClickRequestPostProcessor notYetExchanged() {
            return new ClickRequestPostProcessor(click.notYetExchanged());
        }

        /**
         * Adds the cookies to those of the request.
         *
         * @throws IllegalArgumentException if no active backend captures such a link
         */
        @Override
        public MockHttpServletRequest postProcessRequest(MockHttpServletRequest request) {
            VisitorCookies visitor = click.in(reftrail(request.getServletContext()));
            List<Cookie> cookies = new ArrayList<>();
            Cookie[] parsed = request.getCookies();
            List<String> raw = parsed == null ? headers(request) : List.of();
            if (parsed != null) {
                cookies.addAll(Arrays.asList(parsed));
            }
            visitor.values().forEach((name, value) -> cookies.add(new Cookie(name, value)));
            request.setCookies(cookies.toArray(Cookie[]::new));
            raw.forEach(line -> request.addHeader(COOKIE, line));
            return request;
        }

        private static List<String> headers(MockHttpServletRequest request) {
            return Collections.list(request.getHeaders(COOKIE));
        }

        private static Reftrail reftrail(ServletContext context) {
            return WebApplicationContextUtils.getRequiredWebApplicationContext(context)
                    .getBean(Reftrail.class);
        }
    }
}
