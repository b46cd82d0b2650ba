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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/sign-in.md shows does what the page says: each way to sign up has one lead, in the sign-up's transaction. */
class SignUpShopTests {

    private static final String FORM = "email=mia%40example.org&plan=pro";
    private static final String LEAD = "{\"clickId\":\"aff_1\",\"email\":\"mia@example.org\"}";
    private static final String LEAD_WITH_PLAN = LEAD.replace("}", ",\"properties\":{\"plan\":\"pro\"}}");
    private static final Map<String, String> LEADS = Map.of(
            "/service", LEAD_WITH_PLAN,
            "/controller", LEAD,
            "/event", LEAD_WITH_PLAN,
            "/call", LEAD_WITH_PLAN,
            "/user", LEAD);
    private static final String[] CLICK = {"Cookie", "sid=1; _introw_aff=aff_1"};
    private static final String[] CLICK_AND_DISASTER = {"Cookie", "_introw_aff=aff_1", "Disaster", "yes"};

    static Set<String> pages() {
        return new TreeSet<>(LEADS.keySet());
    }

    private static boolean isExpired(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .anyMatch(line -> line.startsWith("_introw_aff=; Max-Age=0"));
    }

    private static boolean isThere(SignUpShop shop, String page) {
        return page.equals("/user")
                ? shop.bean(LeadReportingUserDetailsManager.class).userExists("mia@example.org")
                : shop.bean(Accounts.class).emails().contains("mia@example.org");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void inTheApplicationsDatabaseALeadBelongsToItsSignUp(String page) {
        try (SignUpShop shop = new SignUpShop("jdbc")) {
            HttpResponse<String> undone = shop.post(page, FORM, CLICK_AND_DISASTER);
            assertThat(undone.statusCode()).isEqualTo(200);
            assertThat(shop.heard).containsExactly("ENQUEUED inside");
            assertThat(isExpired(undone)).isFalse();
            assertThat(isThere(shop, page)).isFalse();

            HttpResponse<String> done = shop.post(page, FORM, CLICK);
            assertThat(done.statusCode()).isEqualTo(200);
            assertThat(shop.heard).containsExactly("ENQUEUED inside", "ENQUEUED inside");
            assertThat(isExpired(done)).isTrue();
            assertThat(done.headers().firstValue("Cache-Control"))
                    .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
            assertThat(isThere(shop, page)).isTrue();
            assertThat(shop.reported()).containsExactly(LEADS.get(page));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void elsewhereALeadWaitsForTheCommit(String page) {
        try (SignUpShop shop = new SignUpShop("memory")) {
            assertThat(isExpired(shop.post(page, FORM, CLICK_AND_DISASTER))).isFalse();
            assertThat(isExpired(shop.post(page, FORM, CLICK))).isTrue();

            assertThat(shop.heard).containsExactly("AFTER_COMMIT inside", "AFTER_COMMIT inside", "ENQUEUED inside");
            assertThat(shop.reported()).containsExactly(LEADS.get(page));
        }
    }

    @Test
    void aClickThatWaitsForAConfirmationIsALeadOnAnotherDevice() {
        try (SignUpShop shop = new SignUpShop("jdbc")) {
            HttpResponse<String> registered = shop.post("/register", FORM, CLICK);
            assertThat(isExpired(registered)).isFalse();
            assertThat(shop.heard).isEmpty();

            shop.post("/confirm", "token=" + registered.body(), "Disaster", "yes");
            shop.post("/confirm", "token=" + registered.body());
            assertThat(shop.heard).containsExactly("ENQUEUED inside", "ENQUEUED inside");
            assertThat(shop.bean(Accounts.class).emails()).containsExactly("mia@example.org");
            assertThat(shop.reported()).containsExactly(LEAD);
        }
    }

    @Test
    void whoeverComesAloneIsNoLead() {
        try (SignUpShop shop = new SignUpShop("jdbc")) {
            for (String page : pages()) {
                HttpResponse<String> done = shop.post(page, FORM, "Cookie", "sid=1");

                assertThat(isThere(shop, page)).isTrue();
                assertThat(done.headers().allValues("Set-Cookie")).noneMatch(line -> line.contains("introw"));
            }
            assertThat(shop.heard).isEmpty();
        }
    }

    @Test
    void aConditionKeepsALeadBack() {
        try (SignUpShop shop = new SignUpShop("jdbc")) {
            shop.post("/controller", "email=mia%40example.org&plan=trial", CLICK);

            assertThat(isThere(shop, "/controller")).isTrue();
            assertThat(shop.heard).isEmpty();
        }
    }

    @Test
    void aFrameworkWithoutSpringOrServletsIsServedToo() throws Exception {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (SignUpShop shop = new SignUpShop("jdbc")) {
            other.createContext("/", new OtherFramework(shop.bean(Reftrail.class)));
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
            assertThat(shop.reported()).containsExactly("{\"clickId\":\"aff_1\"}");
        } finally {
            other.stop(0);
        }
    }
}
