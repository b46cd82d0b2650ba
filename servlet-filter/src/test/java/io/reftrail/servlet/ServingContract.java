package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.capture.CookieExchange;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which exchange the thread serves: the one that brings a click along, while it is served, and no other. */
class ServingContract extends ServedContract {

    private static final String CLICK = "_introw_aff=one";
    private static final String NOTHING = "nothing";

    private final List<String> notes = new CopyOnWriteArrayList<>();

    @Test
    void theServerIsTheOneThatTheBuildNames() {
        try (WebServer server = start(new WebApp(null))) {
            System.out.println("The contracts run on " + server.version());
            assertThat(server.version()).startsWith(System.getProperty("server", "Apache Tomcat/11."));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_introw_aff=one                     | _introw_aff=one",
                "a=b; _introw_aff=one; c=d           | a=b; _introw_aff=one; c=d",
                "refp_id=                            | refp_id=",
                "_reftrail_introw=1.a                | _reftrail_introw=1.a",
                "a=b                                 | nothing",
                "dub_id=one                          | nothing",
                "_reftrail_dub=1.a                   | nothing",
                "x_introw_aff=one; a=_introw_aff=one | nothing"
            })
    void aRequestIsServedWhereACookieOfAnActiveBackendMayHoldAClick(String cookies, String served) {
        serve(app().page("/served", this::tell));

        assertThat(send(RawRequest.get("/served").with("Cookie", cookies)).body())
                .isEqualTo(served);
    }

    @Test
    void aRequestWithoutCookiesIsNot() {
        serve(app().page("/served", this::tell));

        assertThat(send(RawRequest.get("/served")).body()).isEqualTo(NOTHING);
    }

    @ParameterizedTest
    @CsvSource({"/served?irw_id=two", "/served?irw_id=", "/served?a=b", "/forward", "/include"})
    void whateverBecomesOfTheQueryAndWhoeverAnswers(String path) {
        serve(app().page("/served", this::tell)
                .page("/forward", (request, response) -> request.getRequestDispatcher("/served")
                        .forward(request, response))
                .page("/include", (request, response) -> request.getRequestDispatcher("/served")
                        .include(request, response)));

        assertThat(send(RawRequest.get(path).with("Cookie", CLICK)).body()).isEqualTo(CLICK);
    }

    @Test
    void theServedResponseIsTheOneThatTheBrowserGets() {
        serve(app().page("/served", (request, response) -> {
            CookieExchange exchange = reftrail.visits().currentExchange();
            if (exchange != null) {
                exchange.addSetCookie("told=yes");
            }
            response.setHeader("Cache-Control", "public");
        }));

        RawResponse response = send(RawRequest.get("/served?irw_id=two").with("Cookie", CLICK));

        assertThat(response.cookies()).contains("told=yes");
        assertThat(response.cacheControl()).isEqualTo("no-store");
    }

    @Test
    void nothingIsServedAnyMoreWhenTheRequestHasFailed() {
        serve(app().page("/fail", (request, response) -> {
                    note();
                    throw new ServletException("the application's");
                })
                .page("/sorry", this::tell)
                .errorPage(500, "/sorry"));

        assertThat(send(RawRequest.get("/fail").with("Cookie", CLICK)).body()).isEqualTo(NOTHING);
        assertThat(notes).containsExactly(CLICK);
    }

    @Test
    void nothingIsServedWhereAnAsyncRequestGoesOn() {
        serve(app().page("/served", this::tell).page("/async", (request, response) -> {
            AsyncContext async = request.startAsync(request, response);
            async.dispatch("/served");
        }));

        assertThat(send(RawRequest.get("/async").with("Cookie", CLICK)).body()).isEqualTo(NOTHING);
    }

    @Test
    void theOuterExchangeIsServedAgainBehindAnInnerOne() {
        Filter noting = (request, response, chain) -> {
            note();
            chain.doFilter(request, response);
            note();
        };
        serve(app().behind(noting)
                .behind((request, response, chain) ->
                        chain.doFilter(new OtherCookies((HttpServletRequest) request, "refp_id=inner"), response))
                .behind(ReferralCaptureFilter.builder(reftrail).build())
                .page("/served", this::tell));

        assertThat(send(RawRequest.get("/served").with("Cookie", CLICK)).body()).isEqualTo("refp_id=inner");
        assertThat(notes).containsExactly(CLICK, CLICK);
    }

    private void tell(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(served());
    }

    private void note() {
        notes.add(served());
    }

    private String served() {
        CookieExchange exchange = reftrail.visits().currentExchange();
        return exchange == null ? NOTHING : String.join("|", exchange.cookieHeaders());
    }
}
