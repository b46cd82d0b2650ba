package io.example.signup;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.outbox.JdbcOutbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The examples of docs/sign-in.md, in a running application. */
class SignUpExampleTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName =
                    "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration")
    @Import({Accounts.class, AccountService.class, SignUpController.class})
    static class Application {

        @Bean
        SecurityFilterChain openToAll(HttpSecurity http) {
            return http.csrf(csrf -> csrf.disable()).build();
        }
    }

    private final HttpClient browser = HttpClient.newHttpClient();

    @AutoClose
    private final ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
            .properties(
                    "server.port=0",
                    "spring.datasource.url=jdbc:h2:mem:sign-up-examples;DB_CLOSE_DELAY=-1",
                    "spring.datasource.generate-unique-name=false",
                    "reftrail.introw.api-key=key",
                    "reftrail.introw.base-url=http://127.0.0.1:9",
                    "reftrail.lead.trigger=sign-up")
            .run();

    private final Reftrail reftrail = application.getBean(Reftrail.class);

    SignUpExampleTests() {
        JdbcClient jdbc = application.getBean(JdbcClient.class);
        jdbc.sql("DROP TABLE IF EXISTS account").update();
        jdbc.sql("CREATE TABLE account (id VARCHAR(80) PRIMARY KEY, email VARCHAR(80))")
                .update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sign-up", "/sign-up-and-tell"})
    void bothServicesReportTheLeadInTheirTransaction(String way) throws Exception {
        String name = "kim" + way.length();
        assertThat(reftrail.outbox()).isInstanceOf(JdbcOutbox.class);

        HttpResponse<String> response = signUp(way, name);

        assertThat(response.body()).isEqualTo("account-" + name);
        assertThat(response.headers().allValues("Set-Cookie"))
                .anyMatch(line -> line.startsWith("_introw_aff=; Max-Age=0"));
        assertThat(reftrail.outbox().find("introw", "Sign Up", "account-" + name))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sign-up", "/sign-up-and-tell"})
    void aSignUpThatFailsHasNoLeadAndLeavesTheCookie(String way) throws Exception {
        String name = "mia" + way.length();
        application
                .getBean(JdbcClient.class)
                .sql("INSERT INTO account (id, email) VALUES (?, 'taken')")
                .params("account-" + name)
                .update();

        HttpResponse<String> response = signUp(way, name);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().allValues("Set-Cookie")).noneMatch(line -> line.contains("_introw"));
        assertThat(reftrail.outbox().find("introw", "Sign Up", "account-" + name))
                .isNull();
    }

    @Test
    void theFormKnowsWhetherAPartnerHasBroughtTheVisitor() throws Exception {
        assertThat(send(HttpRequest.newBuilder(page("/sign-up"))).body()).isEqualTo("Welcome!");
        assertThat(send(HttpRequest.newBuilder(page("/sign-up")).header("Cookie", "_introw_aff=aff_1"))
                        .body())
                .isEqualTo("Welcome! The first month is on us.");
    }

    private HttpResponse<String> signUp(String way, String name) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(page(way))
                .header("Cookie", "_introw_aff=aff_1")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("plan=pro&email=" + name + "%40example.com")));
    }

    private URI page(String path) {
        return URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), BodyHandlers.ofString());
    }
}
