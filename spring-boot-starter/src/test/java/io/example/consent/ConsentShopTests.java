package io.example.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** A running shop with the code of the page. */
class ConsentShopTests {

    private static final String DECIDED = "OptanonAlertBoxClosed=2026-11-21T08:00:00.000Z";
    private static final String CLICK = "_introw_aff=one; _reftrail_introw=1800000000.0";

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ConsentConfiguration.class, PrivacyController.class})
    static class Shop {

        @Bean
        SecurityFilterChain open(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        PasswordEncoder passwordEncoder() {
            return new BCryptPasswordEncoder(4);
        }

        @Bean
        UserDetailsService accounts(PasswordEncoder passwords) {
            return new InMemoryUserDetailsManager(User.withUsername("kim")
                    .password(passwords.encode("secret"))
                    .build());
        }
    }

    private static final ConfigurableApplicationContext SHOP = new SpringApplicationBuilder(Shop.class)
            .run(
                    "--server.port=0",
                    "--reftrail.introw.api-key=key",
                    "--reftrail.introw.base-url=http://localhost:1",
                    "--reftrail.outbox.store=memory",
                    "--reftrail.delivery.shutdown-timeout=0s");

    @AfterAll
    static void stop() {
        SHOP.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, String path)
            throws IOException, InterruptedException {
        String port = SHOP.getEnvironment().getRequiredProperty("local.server.port");
        return HttpClient.newHttpClient()
                .send(request.uri(URI.create("http://localhost:" + port + path)).build(), BodyHandlers.ofString());
    }

    private static List<String> cookies(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("_"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a | groups=C0001%3A1%2CC0004%3A0 |              | 0 | 404 | 0",
                "/b | groups=C0001%3A1%2CC0004%3A1 |              | 0 | 404 | 0",
                "/c | groups=C0001%3A1%2CC0004%3A0 | " + DECIDED + " | 0 | 302 | 0",
                "/d | groups=C0001%3A1%2CC0004%3A1 | " + DECIDED + " | 0 | 302 | 2",
                "/e | groups=C0001%3A1%2CC0004%3A1 | " + DECIDED + " | 1 | 302 | 0"
            })
    void keepsAClickOnceTheVisitorHasDecidedForIt(
            String page, String groups, String decision, String signal, int status, int kept) throws Exception {
        HttpResponse<String> response = send(
                HttpRequest.newBuilder()
                        .header("Cookie", "OptanonConsent=" + groups + (decision == null ? "" : "; " + decision))
                        .header("Sec-GPC", signal)
                        .header("Sec-Fetch-Mode", "navigate"),
                page + "?irw_id=one");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(cookies(response)).hasSize(kept);
    }

    @Test
    void forgetsTheClickOfWhoeverWithdraws() throws Exception {
        HttpResponse<String> response = send(
                HttpRequest.newBuilder().header("Cookie", CLICK).POST(BodyPublishers.noBody()), "/privacy/withdraw");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(cookies(response)).hasSize(2).allSatisfy(cookie -> assertThat(cookie)
                .contains("=; Max-Age=0;"));
    }

    @Test
    void erasesWhoeverAsksForIt() throws Exception {
        Reftrail reftrail = SHOP.getBean(Reftrail.class);
        reftrail.lead(new Attribution("introw", "one", null), Customer.of("kim"));
        assertThat(reftrail.operations().outbox().depth("introw")).isEqualTo(1);

        HttpResponse<String> response = send(
                HttpRequest.newBuilder()
                        .header("Authorization", "Basic a2ltOnNlY3JldA==")
                        .POST(BodyPublishers.noBody()),
                "/privacy/erase");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(reftrail.operations().outbox().depth("introw")).isZero();
    }
}
