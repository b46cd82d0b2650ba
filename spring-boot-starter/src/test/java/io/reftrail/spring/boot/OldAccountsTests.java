package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.Reftrail;
import io.reftrail.model.Customer;
import io.reftrail.outbox.Outbox;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The day on which Reftrail is installed in an application with 1,000 accounts, whose age it does not know. */
@ExtendWith(OutputCaptureExtension.class)
class OldAccountsTests {

    private static final PasswordEncoder PASSWORDS = new BCryptPasswordEncoder(4);

    private static final String SECRET = PASSWORDS.encode("secret");

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {

        @Bean
        PasswordEncoder passwordEncoder() {
            return PASSWORDS;
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(IntStream.range(0, 1_000)
                    .mapToObj(number -> user("old-" + number))
                    .toArray(UserDetails[]::new));
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }
    }

    private static UserDetails user(String name) {
        return User.withUsername(name).password(SECRET).roles("USER").build();
    }

    private @Nullable ConfigurableApplicationContext context;

    private ConfigurableApplicationContext start(String... properties) {
        ConfigurableApplicationContext started = new SpringApplicationBuilder(Shop.class)
                .properties(
                        "server.port=0",
                        "reftrail.introw.api-key=key",
                        "reftrail.introw.base-url=http://127.0.0.1:1",
                        "reftrail.outbox.store=memory",
                        "reftrail.delivery.shutdown-timeout=0s")
                .properties(properties)
                .run();
        context = started;
        return started;
    }

    @AfterEach
    void stop() {
        if (context != null) {
            context.close();
        }
    }

    /** Follows a partner's link and signs in; returns the browser. */
    private static HttpClient signInAfterAClick(ConfigurableApplicationContext shop, String name) throws Exception {
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        browser.send(
                HttpRequest.newBuilder(at(shop, "/?irw_id=aff_1"))
                        .header("Accept", "text/html")
                        .build(),
                BodyHandlers.discarding());
        signIn(shop, browser, name);
        return browser;
    }

    private static void signIn(ConfigurableApplicationContext shop, HttpClient browser, String name) throws Exception {
        browser.send(
                HttpRequest.newBuilder(at(shop, "/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("username=" + name + "&password=secret"))
                        .build(),
                BodyHandlers.discarding());
    }

    private static URI at(ConfigurableApplicationContext shop, String path) {
        return URI.create("http://127.0.0.1:" + shop.getEnvironment().getRequiredProperty("local.server.port") + path);
    }

    private static long leads(ConfigurableApplicationContext shop) {
        return shop.getBean(Outbox.class).depth("introw");
    }

    @Test
    void noOldCustomerWhoFollowsALinkIsALeadAndTheLogAndTheHealthSayWhatToDo(CapturedOutput output) throws Exception {
        ConfigurableApplicationContext shop = start();
        for (int number = 0; number < 20; number++) {
            signInAfterAClick(shop, "old-" + number);
        }
        assertThat(leads(shop)).isZero();
        assertThat(output)
                .containsOnlyOnce("Customers without createdAt are not reported")
                .containsOnlyOnce("is not reported, because nothing shows whether the customer is new");
        HealthReport health = shop.getBean(HealthReport.Source.class).report();
        assertThat(health.status()).isEqualTo("DEGRADED");
        assertThat(health.description()).contains("reftrail.lead.unknown-age");
        assertThat(health.details()).containsEntry("heldLeads", 20L);
    }

    @Test
    void afterTheOldAccountsAreSeededANewCustomerIsALeadAndAnOldOneIsNot() throws Exception {
        ConfigurableApplicationContext shop = start();
        HttpClient held = signInAfterAClick(shop, "old-999");
        shop.getBean(InMemoryUserDetailsManager.class).createUser(user("new"));
        HttpClient waiting = signInAfterAClick(shop, "new");
        assertThat(leads(shop)).isZero();
        await().until(() -> shop.getBean(Outbox.class).firstSignIn("new") != null);
        await().until(() -> shop.getBean(Outbox.class).firstSignIn("old-999") != null);

        shop.getBean(Reftrail.class).seed(IntStream.range(0, 1_000).mapToObj(number -> Customer.of("old-" + number)));
        signIn(shop, held, "old-999");
        assertThat(leads(shop)).isZero();
        signIn(shop, waiting, "new");
        assertThat(leads(shop)).isEqualTo(1);
    }

    @Test
    void anApplicationWithoutOldAccountsSaysSo(CapturedOutput output) throws Exception {
        ConfigurableApplicationContext shop = start("reftrail.lead.unknown-age=report");
        signInAfterAClick(shop, "old-1");
        assertThat(leads(shop)).isEqualTo(1);
        assertThat(output).doesNotContain("Customers without createdAt are not reported");
    }
}
