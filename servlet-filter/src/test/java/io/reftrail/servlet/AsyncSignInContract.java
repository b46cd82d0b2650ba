package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code HttpServletRequest.login} where an async request goes on. */
class AsyncSignInContract extends SigningInContract {

    @ParameterizedTest
    @ValueSource(strings = {"/thread", "/dispatch", "/wrapped"})
    void anAsyncRequestIsToldOfAtOnce(String path) {
        serve(securedApp(Security.OWN)
                .page("/thread", AsyncSignInContract::inAnotherThread)
                .page("/dispatch", (request, response) -> request.startAsync().dispatch("/in"))
                .page("/wrapped", (request, response) -> request.startAsync(request, response)
                        .dispatch("/in")));
        visitor.visit("/?irw_id=one");

        assertThat(visitor.submit(path, "name=kim").body()).isEqualTo("hello kim");

        assertThat(visitor.clicks()).isEmpty();
        assertThat(leads).containsExactly("ENQUEUED");
    }

    private static void inAnotherThread(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync(request, response);
        async.start(() -> {
            try {
                in(request, response);
            } catch (IOException | ServletException failure) {
                throw new IllegalStateException(failure);
            } finally {
                async.complete();
            }
        });
    }
}
