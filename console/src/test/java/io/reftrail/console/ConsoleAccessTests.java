package io.reftrail.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Who may open the console and who may act. */
@ExtendWith(OutputCaptureExtension.class)
class ConsoleAccessTests {

    @Configuration(proxyBeanMethods = false)
    static class ForEverybody {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithoutRules {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.httpBasic(Customizer.withDefaults()).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ForAnybodySignedIn {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }

    private static Shop standard;

    @BeforeAll
    static void open() {
        standard = new Shop();
    }

    @AfterAll
    static void close() {
        standard.close();
    }

    @ParameterizedTest
    @ValueSource(classes = {ForEverybody.class, WithoutRules.class})
    void aStartThatWouldShowItToEverybodyIsRefused(Class<?> security, CapturedOutput output) {
        assertThatThrownBy(() -> new Shop(security)).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("everybody could use the console")
                .contains("EndpointRequest.toAnyEndpoint()")
                .contains("reftrail.console.enabled=false")
                .contains("reftrail.console.secured-elsewhere=true");
    }

    @Test
    void soIsOneThatWouldShowItAtAPortOfTheActuators(CapturedOutput output) {
        assertThatThrownBy(() -> new Shop(ForEverybody.class, "management.server.port=0"))
                .isNotNull();
        assertThat(output).contains("APPLICATION FAILED TO START").contains("everybody could use the console");
    }

    @Test
    void whatReftrailDoesNotSeeMaySecureIt() {
        try (Shop shop = new Shop(ForEverybody.class, "reftrail.console.secured-elsewhere=true")) {
            assertThat(shop.readAs("", shop.port(), "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRuleThatEveryCustomerPassesIsPointedOut(CapturedOutput output) {
        try (Shop shop = new Shop(ForAnybodySignedIn.class)) {
            assertThat(output).contains("Everybody who can sign in may use the console");
            assertThat(shop.json("/data/doctor").toString()).contains("Everybody who can sign in may use the console");
        }
    }

    @ParameterizedTest
    @CsvSource({"'',401", "kim,403", "olga,200"})
    void itIsAsSecureAsTheActuator(String user, int status) {
        for (String path : new String[] {"", "/data/vendors", "/console.js"}) {
            assertThat(standard.readAs(user, standard.port(), path).statusCode())
                    .as(path)
                    .isEqualTo(status);
        }
    }

    @Test
    void itIsServedAtTheActuatorsPortAndNoOther() {
        try (Shop shop = new Shop("management.server.port=0")) {
            int management = shop.bean(org.springframework.core.env.Environment.class)
                    .getRequiredProperty("local.management.port", Integer.class);
            assertThat(shop.readAs("olga", management, "").statusCode()).isEqualTo(200);
            assertThat(shop.readAs("olga", management, "/data/funnel").statusCode())
                    .isEqualTo(200);
            assertThat(shop.readAs("", management, "").statusCode()).isEqualTo(401);
            assertThat(shop.readAs("olga", shop.port(), "").statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "reftrail.console.enabled=false",
        "reftrail.enabled=false",
        "management.endpoint.reftrail-console.access=none"
    })
    void itIsOffUnlessItIsSwitchedOn(String property) {
        try (Shop shop = new Shop(property)) {
            // The endpoint "reftrail", where it is on, has no section of this name.
            assertThat(shop.read("").statusCode()).isIn(400, 404);
            assertThat(shop.read("/data/vendors").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void anEnabledConsoleThatIsNotExposedIsPointedOut(CapturedOutput output) {
        try (Shop shop = new Shop("management.endpoints.web.exposure.include=health")) {
            assertThat(shop.read("").statusCode()).isEqualTo(404);
            assertThat(output).contains("Add reftrail-console to management.endpoints.web.exposure.include");
        }
    }

    @Test
    void theBasePathAndTheMappingOfTheActuatorCount() {
        try (Shop shop = new Shop("management.endpoints.web.path-mapping.reftrail-console=reftrail/console/ops")) {
            assertThat(shop.read("/ops").body()).contains("Reftrail");
            assertThat(shop.read("/ops/console.css").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void readOnlyAccessForbidsActions() {
        try (Shop shop = new Shop("management.endpoint.reftrail-console.access=read-only")) {
            assertThat(shop.json("/data/vendors").path("vendors").size()).isOne();
            assertThat(shop.act("resume", "{\"subject\":\"introw\"}").statusCode())
                    .isIn(404, 405);
        }
    }

    @Test
    void thePageRunsNothingButItsOwnFiles() {
        HttpResponse<String> page = standard.read("");
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(page.body())
                .doesNotContain("style=")
                .doesNotContain("onclick")
                .doesNotContain("http");
        assertThat(page.body().replaceAll("<script src=\"[^\"]+\" type=\"module\"></script>", ""))
                .doesNotContain("<script");
        assertThat(standard.read("/reasons.properties").statusCode()).isEqualTo(404);
        assertThat(standard.read("/..%2Freasons.properties").statusCode()).isIn(400, 404);
    }

    @ParameterizedTest(name = "without {0}, with {1}")
    @CsvSource({
        "X-Reftrail-Console,  ''",
        "'',                  Sec-Fetch-Site: cross-site",
        "'',                  Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site,      Origin: https://evil.example"
    })
    void anActionComesFromThePageOnly(String without, String with) {
        Map<String, String> headers = new HashMap<>(Shop.OF_THE_PAGE);
        headers.remove(without);
        if (!with.isEmpty()) {
            headers.put(with.split(": ", -1)[0], with.split(": ", -1)[1]);
        }
        String json = "{\"subject\":\"introw\"}";
        assertThat(standard.act("resume", json, headers).statusCode()).isEqualTo(403);
        assertThat(standard.act("resume", json).statusCode()).isEqualTo(200);
    }

    @Test
    void thePageKnowsTheTokenThatSpringSecurityAsksFor() {
        try (Shop shop = new Shop(ForAnybodySignedIn.class)) {
            assertThat(shop.act("resume", "{\"subject\":\"introw\"}").statusCode())
                    .isIn(401, 403);
            assertThat(shop.read("").body())
                    .containsPattern("<meta name=\"token-header\" content=\"X-CSRF-TOKEN\">")
                    .containsPattern("<meta name=\"token\" content=\"[A-Za-z0-9_=-]{20,}\">");
        }
    }

    @Test
    void eachActionIsLoggedWithItsActor(CapturedOutput output) {
        standard.act("resume", "{\"subject\":\"introw\"}");
        standard.act("forget", "{\"subject\":\"kim@example.org\"}");
        standard.act("discard", "{\"subject\":\"00\\nforged\"}");
        assertThat(output)
                .contains("io.reftrail.audit")
                .contains("olga ended the pause of introw on all nodes: 1")
                .contains("olga erased what is stored of a customer: 0")
                .contains("olga discarded the dead event of an unknown id: 0")
                .doesNotContain("kim@example.org")
                .doesNotContain("forged");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resume | {}",
                "resume | {\"subject\":\"nobody\"}",
                "forget | {}",
                "discard | {}",
                "replay-all | {\"subject\":\"nobody\"}",
                "customer | {}"
            })
    void anIncompleteActionIsRefused(String action, String json) {
        assertThat(standard.act(action, json).statusCode()).isEqualTo(400);
        assertThat(standard.act("destroy", "{\"subject\":\"introw\"}").statusCode())
                .isEqualTo(404);
    }
}
