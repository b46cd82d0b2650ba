package io.example.signup;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.reftrail.Reftrail;
import io.reftrail.security.LeadReportingUserDetailsManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/sign-in.md shows does what the page says: each way to sign up has one lead, in the sign-up's transaction. */
class SignUpShopTests {

    private static final Set<String> WITH_PLAN = Set.of("/service", "/event", "/call");
    private static final String[] CLICK = {"Cookie", "sid=1; _introw_aff=aff_1"};
    private static final String[] CLICK_AND_DISASTER = {"Cookie", "_introw_aff=aff_1", "Disaster", "yes"};

    private static final SignUpShop SHOP = new SignUpShop("jdbc");
    private static final SignUpShop SHOP_WITH_LEADS_IN_MEMORY = new SignUpShop("memory");

    static Stream<String> pages() {
        return Stream.of("/service", "/controller", "/event", "/call", "/user");
    }

    @BeforeEach
    void forgetWhatWasHeard() {
        SHOP.heard.clear();
        SHOP_WITH_LEADS_IN_MEMORY.heard.clear();
    }

    @AfterAll
    static void close() {
        SHOP.close();
        SHOP_WITH_LEADS_IN_MEMORY.close();
    }

    private static String form(String email, String plan) {
        return "email=" + email + "&plan=" + plan;
    }

    private static String lead(String email) {
        return "{\"clickId\":\"aff_1\",\"email\":\"" + email + "\"}";
    }

    private static String lead(String page, String email) {
        String lead = lead(email);
        return WITH_PLAN.contains(page) ? lead.replace("}", ",\"properties\":{\"plan\":\"pro\"}}") : lead;
    }

    private static boolean isExpired(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .anyMatch(line -> line.startsWith("_introw_aff=; Max-Age=0"));
    }

    private static boolean isThere(String page, String email) {
        return page.equals("/user")
                ? SHOP.bean(LeadReportingUserDetailsManager.class).userExists(email)
                : SHOP.bean(Accounts.class).emails().contains(email);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void inTheApplicationsDatabaseALeadBelongsToItsSignUp(String page) {
        String email = "mia.of." + page.substring(1) + "@example.org";
        HttpResponse<String> undone = SHOP.post(page, form(email, "pro"), CLICK_AND_DISASTER);
        assertThat(undone.statusCode()).isEqualTo(200);
        assertThat(SHOP.heard).containsExactly("ENQUEUED inside");
        assertThat(isExpired(undone)).isFalse();
        assertThat(isThere(page, email)).isFalse();

        HttpResponse<String> done = SHOP.post(page, form(email, "pro"), CLICK);
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(SHOP.heard).containsExactly("ENQUEUED inside", "ENQUEUED inside");
        assertThat(isExpired(done)).isTrue();
        assertThat(done.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        assertThat(isThere(page, email)).isTrue();
        assertThat(SHOP.reported(email)).containsExactly(lead(page, email));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void elsewhereALeadWaitsForTheCommit(String page) {
        SignUpShop shop = SHOP_WITH_LEADS_IN_MEMORY;
        String email = "noa.of." + page.substring(1) + "@example.org";
        assertThat(isExpired(shop.post(page, form(email, "pro"), CLICK_AND_DISASTER)))
                .isFalse();
        assertThat(isExpired(shop.post(page, form(email, "pro"), CLICK))).isTrue();

        assertThat(shop.heard).containsExactly("AFTER_COMMIT inside", "AFTER_COMMIT inside", "ENQUEUED inside");
        assertThat(shop.reported(email)).containsExactly(lead(page, email));
    }

    @Test
    void aClickThatWaitsForAConfirmationIsALeadOnAnotherDevice() {
        String email = "zoe@example.org";
        HttpResponse<String> registered = SHOP.post("/register", form(email, "pro"), CLICK);
        assertThat(isExpired(registered)).isFalse();
        assertThat(SHOP.heard).isEmpty();

        SHOP.post("/confirm", "token=" + registered.body(), "Disaster", "yes");
        SHOP.post("/confirm", "token=" + registered.body());
        assertThat(SHOP.heard).containsExactly("ENQUEUED inside", "ENQUEUED inside");
        assertThat(SHOP.bean(Accounts.class).emails()).containsOnlyOnce(email);
        assertThat(SHOP.reported(email)).containsExactly(lead(email));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aCustomerWithoutAClickIsNoLead(String page) {
        String email = "ada.of." + page.substring(1) + "@example.org";
        HttpResponse<String> done = SHOP.post(page, form(email, "pro"), "Cookie", "sid=1");

        assertThat(isThere(page, email)).isTrue();
        assertThat(done.headers().allValues("Set-Cookie")).noneMatch(line -> line.contains("introw"));
        assertThat(SHOP.heard).isEmpty();
    }

    @Test
    void aConditionKeepsALeadBack() {
        SHOP.post("/controller", form("max@example.org", "trial"), CLICK);

        assertThat(isThere("/controller", "max@example.org")).isTrue();
        assertThat(SHOP.heard).isEmpty();
    }

    @Test
    void aFrameworkWithoutSpringOrServletsIsServedToo() throws Exception {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            other.createContext("/", new OtherFramework(SHOP.bean(Reftrail.class)));
            other.start();
            URI page = URI.create("http://127.0.0.1:" + other.getAddress().getPort() + "/");
            HttpResponse<String> done = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(page)
                                    .headers(CLICK)
                                    .POST(BodyPublishers.ofString("mia"))
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(isExpired(done)).isTrue();
            assertThat(done.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(SHOP.reported("{\"clickId\":\"aff_1\"}")).hasSize(1);
        } finally {
            other.stop(0);
        }
    }
}
