package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/**
 * A shop that a person signs in to with a real browser. Chromium takes names below {@code localhost} for this machine,
 * {@code shop.localhost} for a site, and its plain HTTP for as safe as TLS.
 */
@Tag("browser")
abstract class InBrowser {

    static final Duration SOON = Duration.ofSeconds(10);
    static final String SHOP = "www.shop.localhost";
    static final String[] CLICK = {"_introw_aff@" + SHOP, "_reftrail_introw@" + SHOP};

    @RegisterExtension
    static final Chromium chromium = Chromium.withThirdPartyCookies();

    @RegisterExtension
    static final Chromium strict = Chromium.withoutThirdPartyCookies();

    final StubBackend backend = new StubBackend();
    Chromium browser = chromium;
    private @Nullable WebServer server;

    void serve(String... parameters) {
        WebApp app = new WebApp(new ReferralCaptureFilter())
                .initParameter("introw.api-key", "key")
                .initParameter("lead.unknown-age", "report")
                .initParameter("introw.base-url", backend.url())
                .page("/", (request, response) -> html(response, "<p id=done>the shop</p>"))
                .page("/signin", InBrowser::signIn)
                .page("/frame", (request, response) -> html(response, "<iframe src='" + of(request) + "'></iframe>"))
                .page("/form", (request, response) -> html(response, form(of(request))));
        app.behind(new SignInFilter()).secured(Security.OWN).page("/login", (request, response) -> {
            request.getSession();
            request.login(request.getParameter("customer"), Security.PASSWORD);
            response.sendRedirect("/");
        });
        for (int parameter = 0; parameter < parameters.length; parameter += 2) {
            app.initParameter(parameters[parameter], parameters[parameter + 1]);
        }
        server = TomcatServer.start(app);
    }

    private static String of(HttpServletRequest request) {
        return request.getParameter("of");
    }

    private static void signIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            html(response, form("/signin"));
            return;
        }
        SignUp.report(request, response);
        if (request.getParameter("stay") == null) {
            response.sendRedirect("/");
        }
    }

    private static String form(String target) {
        return "<form method=post action='" + target
                + "'><input name=customer value=kim><button>Sign in</button></form>";
    }

    private static void html(HttpServletResponse response, String body) throws IOException {
        response.setContentType("text/html");
        response.getWriter().print("<!DOCTYPE html>" + body);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        backend.close();
    }

    String page(String host, String path) {
        return "http://" + host + ":" + (server == null ? 0 : server.port()) + path;
    }

    void open(String host, String path) {
        browser.driver().get(page(host, path));
    }

    void land() {
        open(SHOP, "/?irw_id=one");
        assertThat(browser.cookies()).hasSize(2);
    }

    void signIn() {
        browser.driver().findElement(By.tagName("button")).click();
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> browser.driver().findElement(By.id("done")).isDisplayed());
    }

    void assertThatTheLeadIsSafe() {
        assertThat(browser.cookies()).isEmpty();
        await().atMost(SOON)
                .during(Duration.ofMillis(300))
                .until(() -> backend.calls().size() == 1);
    }

    void assertThatNothingHasHappened(String... cookies) {
        assertThat(browser.cookies()).containsExactly(cookies);
        assertThat(backend.calls()).isEmpty();
    }
}
