package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.Reftrail;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.authorization.EnableMultiFactorAuthentication;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.ott.OneTimeTokenGenerationSuccessHandler;

/** An application that asks for a password and a one-time token, and one that does not. */
@ExtendWith(OutputCaptureExtension.class)
class LeadFactorsTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class OneFactor {

        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(requests -> requests.requestMatchers("/public")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .formLogin(Customizer.withDefaults())
                    .oneTimeTokenLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        PasswordEncoder passwordEncoder() {
            return new BCryptPasswordEncoder(4);
        }

        @Bean
        UserDetailsService users(PasswordEncoder passwords) {
            return new InMemoryUserDetailsManager(User.withUsername("kim")
                    .password(passwords.encode("secret"))
                    .build());
        }

        @Bean
        OneTimeTokenGenerationSuccessHandler mail() {
            return (request, response, token) -> response.getWriter().print(token.getTokenValue());
        }

        @Bean
        Outbox outbox() {
            return new InMemoryOutbox();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMultiFactorAuthentication(
            authorities = {FactorGrantedAuthority.PASSWORD_AUTHORITY, FactorGrantedAuthority.OTT_AUTHORITY})
    static class TwoFactors extends OneFactor {}

    private final HttpClient kim =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private static ConfigurableApplicationContext start(Class<?> shop, String factors) {
        return new SpringApplicationBuilder(shop)
                .initializers(context -> TestPropertyValues.of(
                                "server.port=0",
                                "reftrail.introw.api-key=key",
                                "reftrail.lead.unknown-age=report",
                                "reftrail.introw.base-url=http://127.0.0.1:9",
                                "reftrail.delivery.shutdown-timeout=0s",
                                "reftrail.lead.factors=" + factors)
                        .applyTo(context))
                .run();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"first, 1", "all, 0"})
    void aCustomerIsALeadAfterTheFirstFactorOrAfterAllOfThem(String factors, int leadsAfterThePassword)
            throws Exception {
        try (ConfigurableApplicationContext context = start(TwoFactors.class, factors)) {
            Outbox outbox = context.getBean(Reftrail.class).operations().outbox();
            send(context, HttpRequest.newBuilder().header("Accept", "text/html"), "/?irw_id=aff_1");
            post(context, "/login", "username=kim&password=secret");
            assertThat(outbox.depth("introw")).isEqualTo(leadsAfterThePassword);
            send(context, HttpRequest.newBuilder(), "/public");
            assertThat(outbox.depth("introw"))
                    .as("on the page between the factors")
                    .isEqualTo(leadsAfterThePassword);
            String token = post(context, "/ott/generate", "username=kim").body();
            post(context, "/login/ott", "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
            assertThat(send(context, HttpRequest.newBuilder(), "/").statusCode())
                    .as("a page that is not there, behind both factors")
                    .isEqualTo(404);
            assertThat(outbox.depth("introw")).isEqualTo(1);
        }
    }

    private HttpResponse<String> post(ConfigurableApplicationContext context, String path, String form)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        return send(context, request, path);
    }

    private HttpResponse<String> send(ConfigurableApplicationContext context, HttpRequest.Builder request, String path)
            throws Exception {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return kim.send(
                request.uri(URI.create("http://127.0.0.1:" + port + path)).build(), BodyHandlers.ofString());
    }

    @Test
    void allFactorsCannotBeWaitedForWhereNobodySaysWhichTheyAre(CapturedOutput output) {
        assertThatThrownBy(() -> start(OneFactor.class, "all").close()).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Reftrail cannot use the property reftrail.lead.factors")
                .contains("@EnableMultiFactorAuthentication")
                .contains("reftrail.lead.factors=first");
    }
}
