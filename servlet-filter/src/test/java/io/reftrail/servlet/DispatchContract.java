package io.reftrail.servlet;

import static io.reftrail.servlet.Kits.introwCookies;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dispatches inside the server: a click counts once, and only in the request that brought it. */
class DispatchContract extends ServedContract {

    private static final Page FORWARD =
            (request, response) -> request.getRequestDispatcher("/params").forward(request, response);
    private static final Page INCLUDE =
            (request, response) -> request.getRequestDispatcher("/params").include(request, response);
    private static final Page ERROR = (request, response) -> response.sendError(410);

    @ParameterizedTest
    @CsvSource({"/forward, 200, FORWARD", "/include-params, 200, INCLUDE", "/async, 200, ASYNC", "/error, 410, ERROR"})
    void capturesOnceHoweverTheRequestIsDispatched(String path, int status, DispatcherType type) {
        serve(dispatching(app()));

        RawResponse response = send(RawRequest.get(path + "?irw_id=one&a=b"));

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.seen("dispatcher")).isEqualTo(type.name());
        assertThat(response.cookies()).containsExactly(introwCookies("one"));
        assertThat(captures.reports()).containsExactly("introw CAPTURED");
    }

    @ParameterizedTest
    @EnumSource(
            value = DispatcherType.class,
            names = {"FORWARD", "INCLUDE", "ASYNC", "ERROR"})
    void leavesEveryDispatchButTheRequestItselfAlone(DispatcherType type) {
        serve(dispatching(app()).on(type));
        String path = "/" + type.name().toLowerCase(Locale.ROOT);

        RawResponse response = send(RawRequest.navigation(path + "?irw_id=one"));

        assertThat(response.seen("dispatcher")).isEqualTo(type.name());
        assertThat(response.cookies()).isEmpty();
        assertThat(captures.reports()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/forward", "/include-params"})
    void hidesTheParametersFromThePageThatIsDispatchedTo(String path) {
        serve(dispatching(app(StripMode.WRAP)));

        RawResponse response = send(RawRequest.get(path + "?irw_id=one&a=b"));

        assertThat(response.seen("query")).isEqualTo("a=b");
        assertThat(response.seen("parameter a")).isEqualTo("[b]");
        assertThat(response.body()).doesNotContain("irw_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "%zz"})
    void addsTheParametersOfAForwardToThoseThatRemain(String clickId) {
        serve(app(StripMode.WRAP).page("/more", (request, response) -> request.getRequestDispatcher("/params?a=c")
                .forward(request, response)));

        RawResponse response = send(RawRequest.get("/more?irw_id=" + clickId + "&a=b"));

        if (clickId.equals("%zz") && !has(ServerHabit.TAKES_BROKEN_ENCODINGS)) {
            assertThat(response.status()).isEqualTo(400);
            return;
        }
        assertThat(response.seen("query")).isEqualTo("a=c");
        assertThat(response.seen("parameter a")).isEqualTo("[c, b]");
        assertThat(response.body()).doesNotContain("irw_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"forward", "include"})
    void handsTheParametersOfADispatchOverWithTheFormAlreadyRead(String how) {
        serve(app().page("/params-form", (request, response) -> {
            String email = request.getParameter("email");
            RequestDispatcher dispatcher = request.getRequestDispatcher("/params?a=c&from=" + email);
            if (how.equals("forward")) {
                dispatcher.forward(request, response);
            } else {
                dispatcher.include(request, response);
            }
        }));

        RawResponse response = send(RawRequest.form("/params-form?irw_id=one&a=b", "a=d&email=me&irw_id=own"));

        assertThat(response.seen("parameter a")).isEqualTo("[c, b, d]");
        assertThat(response.seen("parameter from")).isEqualTo("[me]");
        assertThat(response.seen("parameter irw_id")).isEqualTo("[own]");
    }

    @Test
    void takesAnErrorPageForNoNewLanding() {
        serve(dispatching(app(StripMode.WRAP)));

        RawResponse response = send(RawRequest.navigation("/error?irw_id=one"));

        assertThat(response.statusLine()).startsWith("HTTP/1.1 410");
        assertThat(response.cookies()).containsExactly(introwCookies("one"));
    }

    private static WebApp dispatching(WebApp app) {
        return app.page("/forward", FORWARD)
                .page("/include", INCLUDE)
                .page("/include-params", INCLUDE)
                .page("/async", DispatchContract::dispatchAgain)
                .page("/error", ERROR)
                .errorPage(410, "/params");
    }

    private static void dispatchAgain(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext async = request.startAsync(request, response);
        async.dispatch("/params");
    }
}
