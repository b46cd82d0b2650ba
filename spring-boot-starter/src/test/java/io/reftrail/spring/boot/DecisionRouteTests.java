package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.Reftrail;
import io.reftrail.model.Customer;
import io.reftrail.model.Decision;
import io.reftrail.servlet.ServletReftrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** An operator reads by which way each decision came about, and no name that stands in a path. */
class DecisionRouteTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {

        @Bean
        PasswordEncoder passwordEncoder() {
            return new BCryptPasswordEncoder(4);
        }

        @Bean
        InMemoryUserDetailsManager users(PasswordEncoder passwords) {
            return new InMemoryUserDetailsManager(User.withUsername("kim")
                    .password(passwords.encode("secret"))
                    .roles("USER")
                    .build());
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .formLogin(Customizer.withDefaults())
                    .rememberMe(Customizer.withDefaults())
                    .build();
        }

        @Bean
        Pages pages(Reftrail reftrail) {
            return new Pages(reftrail);
        }
    }

    @RestController
    static class Pages {

        private final Reftrail reftrail;

        Pages(Reftrail reftrail) {
            this.reftrail = reftrail;
        }

        @GetMapping("/pages/{name}")
        String page(@PathVariable("name") String name) {
            return "";
        }

        @PostMapping("/sign-up/{name}")
        String signUp(@PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response) {
            return ServletReftrail.lead(request, response, Customer.of(name)).toString();
        }

        @PostMapping("/webhooks/{customer}")
        String paid(@PathVariable("customer") String customer) {
            return reftrail.sale(customer, BigDecimal.TEN, "EUR", "in_1").toString();
        }
    }

    @AutoClose
    private final ConfigurableApplicationContext shop = new SpringApplicationBuilder(Shop.class)
            .properties(
                    "server.port=0",
                    "reftrail.refport.api-key=key",
                    "reftrail.refport.base-url=http://127.0.0.1:1",
                    "reftrail.lead.unknown-age=report",
                    "reftrail.outbox.store=memory",
                    "reftrail.delivery.shutdown-timeout=0s")
            .run();

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    private void get(String path) throws Exception {
        browser.send(request(path).header("Accept", "text/html").build(), BodyHandlers.discarding());
    }

    private void post(String path, String form) throws Exception {
        browser.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.discarding());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(
                "http://127.0.0.1:" + shop.getEnvironment().getRequiredProperty("local.server.port") + path));
    }

    private List<Decision> recent() {
        return shop.getBean(Reftrail.class).operations().recentDecisions();
    }

    private List<String> decisions(Decision.Stage stage) {
        return recent().stream()
                .filter(decision -> decision.stage() == stage)
                .map(decision -> decision.reason() + " at " + decision.route())
                .toList();
    }

    @Test
    void eachStageNamesItsWay() throws Exception {
        get("/pages/kim?refp_id=r_1");
        post("/sign-up/pat", "");
        post("/webhooks/pat", "");
        get("/pages/kim?refp_id=r_2");
        post("/login", "username=kim&password=secret&remember-me=on");
        HttpCookie session = cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("JSESSIONID"))
                .findFirst()
                .orElseThrow();
        cookies.getCookieStore().remove(null, session);
        get("/pages/kim");

        assertThat(decisions(Decision.Stage.LANDING)).containsExactly("captured at /", "captured at /");
        assertThat(decisions(Decision.Stage.SIGN_IN))
                .containsExactly(
                        "returned at RememberMeAuthenticationFilter",
                        "examined at UsernamePasswordAuthenticationFilter");
        assertThat(decisions(Decision.Stage.LEAD))
                .containsExactly("enqueued at UsernamePasswordAuthenticationFilter", "enqueued at /sign-up/{name}");
        assertThat(decisions(Decision.Stage.SALE)).containsExactly("enqueued at /webhooks/{customer}");
        await().untilAsserted(() ->
                assertThat(decisions(Decision.Stage.DELIVERY)).isNotEmpty().allMatch(way -> way.endsWith("at lead")));
        assertThat(recent().toString()).doesNotContain("kim", "pat", "r_1", "in_1");
    }
}
