package io.reftrail.samples.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.samples.sandbox.SandboxBackend;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The application from its web.xml on, against the sandbox backend, over real HTTP. */
class ServletAppTests {

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private static final ConfigurableApplicationContext SANDBOX = SandboxBackend.start("--server.port=0");
    private static final URI BACKEND =
            URI.create("http://localhost:" + SANDBOX.getEnvironment().getRequiredProperty("local.server.port"));

    @TempDir
    private Path directory;

    private ServletApp application;

    @BeforeEach
    void start() throws Exception {
        HttpRequest reset = HttpRequest.newBuilder(BACKEND.resolve("/sandbox/reset"))
                .POST(BodyPublishers.noBody())
                .build();
        browser.send(reset, BodyHandlers.discarding());
        System.setProperty("SANDBOX_URL", BACKEND.toString());
        System.setProperty("OUTBOX_DIRECTORY", directory.toString());
        application = new ServletApp(0);
    }

    @AfterAll
    static void stopTheSandbox() {
        SANDBOX.close();
    }

    @AfterEach
    void stop() throws Exception {
        application.close();
        System.clearProperty("SANDBOX_URL");
        System.clearProperty("OUTBOX_DIRECTORY");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return browser.send(
                request.header("Accept", "text/html")
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI page(String path) {
        return URI.create("http://localhost:" + application.port() + path);
    }

    private String clickOnAPartnersLink() throws Exception {
        HttpResponse<Void> redirect = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(BACKEND.resolve("/r/nora")).build(), BodyHandlers.discarding());
        String query = URI.create(redirect.headers().firstValue("Location").orElseThrow())
                .getRawQuery();
        return query.substring("irw_id=".length());
    }

    private String callsAtTheBackend() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(BACKEND.resolve("/sandbox/calls")).build();
        return browser.send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void aVisitorOfAPartnerWhoSignsUpIsALead() throws Exception {
        String clickId = clickOnAPartnersLink();
        signUpFrom(clickId);
        await().until(this::callsAtTheBackend, calls -> calls.contains("a new lead, credited to nora"));
    }

    @Test
    void aLeadOutlivesARestartWhileTheBackendIsInTrouble() throws Exception {
        fault("{\"kind\":\"status\",\"status\":500,\"count\":1000}");
        signUpFrom(clickOnAPartnersLink());
        await().until(this::callsAtTheBackend, calls -> calls.contains("/api/v1/affiliate/conversions"));

        application.close();
        browser.send(
                HttpRequest.newBuilder(BACKEND.resolve("/sandbox/faults"))
                        .DELETE()
                        .build(),
                BodyHandlers.ofString());
        application = new ServletApp(0);

        await().atMost(Duration.ofSeconds(60))
                .until(this::callsAtTheBackend, calls -> calls.contains("a new lead, credited to nora"));
    }

    private void fault(String fault) throws Exception {
        HttpRequest order = HttpRequest.newBuilder(BACKEND.resolve("/sandbox/faults"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(fault))
                .build();
        assertThat(browser.send(order, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
    }

    private void signUpFrom(String clickId) throws Exception {
        HttpResponse<String> landing = send(HttpRequest.newBuilder(page("/?irw_id=" + clickId)));
        assertThat(landing.uri()).isEqualTo(page("/?"));
        assertThat(cookies()).containsExactly("_introw_aff", "_reftrail_introw");
        signUp();
        assertThat(cookies()).containsExactly("JSESSIONID");
    }

    private List<String> cookies() {
        return cookies.getCookieStore().getCookies().stream()
                .map(HttpCookie::getName)
                .sorted()
                .toList();
    }

    /** The account's page is for those who have signed in. */
    private void signUp() throws Exception {
        HttpResponse<String> account = submit("/signup", "email=kim%40example.org&password=secret");
        assertThat(account.uri()).isEqualTo(page("/account"));
        assertThat(account.body()).contains("Your account");
    }

    private void signIn() throws Exception {
        assertThat(send(HttpRequest.newBuilder(page("/account"))).body()).contains("j_security_check");
        HttpResponse<String> account = submit("/j_security_check", "j_username=kim%40example.org&j_password=secret");
        assertThat(account.body()).contains("Your account");
    }

    private HttpResponse<String> submit(String path, String form) throws Exception {
        return send(HttpRequest.newBuilder(page(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    @Test
    void whoeverComesAloneIsNoLead() throws Exception {
        signUp();
        assertThat(callsAtTheBackend()).isEqualTo("[]");
    }

    @Test
    void whoeverIsSignedInMayOpenAnotherAccount() throws Exception {
        signUp();
        HttpResponse<String> account = submit("/signup", "email=lea%40example.org&password=secret");
        assertThat(account.statusCode()).isEqualTo(200);
        assertThat(account.body()).contains("Your account");
    }

    @Test
    void aCustomerWhoSignsInAfterAnotherClickIsNoSecondLead() throws Exception {
        signUpFrom(clickOnAPartnersLink());
        await().until(this::callsAtTheBackend, calls -> calls.contains("a new lead, credited to nora"));

        send(HttpRequest.newBuilder(page("/signout")));
        send(HttpRequest.newBuilder(page("/?irw_id=" + clickOnAPartnersLink())));
        assertThat(cookies()).containsExactly("JSESSIONID", "_introw_aff", "_reftrail_introw");
        signIn();

        await().during(Duration.ofMillis(500)).until(() -> callsAtTheBackend().split("a new lead", -1).length == 2);
    }
}
