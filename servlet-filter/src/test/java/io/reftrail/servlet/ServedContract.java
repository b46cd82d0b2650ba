package io.reftrail.servlet;

import io.reftrail.Reftrail;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What every behaviour of a served application needs: one server for each test, by default with the filter alone. */
abstract class ServedContract {

    final Captures captures = new Captures();
    final Reftrail reftrail = Kits.builder(captures).build();
    private @Nullable WebServer server;

    WebServer start(WebApp app) {
        return ServletContainer.underTest().start(app);
    }

    static boolean has(ServerHabit habit) {
        return ServletContainer.underTest().has(habit);
    }

    WebApp app() {
        return app(StripMode.REDIRECT);
    }

    WebApp app(StripMode strip) {
        return new WebApp(ReferralCaptureFilter.builder(reftrail).strip(strip).build());
    }

    void serve(WebApp app) {
        stopServer();
        server = start(app);
    }

    int port() {
        if (server == null) {
            serve(app());
        }
        return server == null ? 0 : server.port();
    }

    RawResponse send(RawRequest request) {
        return request.send(port());
    }

    void stopServer() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @AfterEach
    void stop() {
        stopServer();
        reftrail.close();
    }
}
