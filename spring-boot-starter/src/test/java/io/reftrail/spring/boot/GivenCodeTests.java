package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.CodeStatus;
import io.reftrail.LeadListener;
import io.reftrail.ReferralCodes;
import io.reftrail.Reftrail;
import io.reftrail.model.Attribution;
import io.reftrail.model.Decision;
import io.reftrail.model.Decision.Stage;
import io.reftrail.spring.TrackLead;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsByNameServiceWrapper;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationProvider;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.preauth.RequestHeaderAuthenticationFilter;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A code in a form of a Spring Boot application becomes a lead, however the application reports its customers. */
class GivenCodeTests {

    private static final List<String> LEADS = new CopyOnWriteArrayList<>();

    private static final ConfigurableApplicationContext SHOP = new SpringApplicationBuilder(Shop.class)
            .properties(
                    "server.port=0",
                    "management.health.ldap.enabled=false",
                    "reftrail.introw.api-key=key",
                    "reftrail.refport.api-key=key",
                    "reftrail.outbox.store=memory",
                    "reftrail.lead.unknown-age=report",
                    "reftrail.delivery.shutdown-timeout=0s",
                    "reftrail.referral-codes.parameter=referral-code")
            .run();

    private final HttpClient visitor = HttpClient.newHttpClient();

    /** What visitors send as JSON. */
    record SignUp(String name, @Nullable String code) {}

    static class Accounts {

        @TrackLead(customerId = "#name")
        public void open(String name) {}

        @TrackLead(customerId = "#form.name", referralCode = "#form.code")
        public void open(SignUp form) {}

        @TrackLead(customerId = "#result")
        public CompletableFuture<String> openLater(String name) {
            return CompletableFuture.completedFuture(name);
        }
    }

    @RestController
    static class Pages {

        private final Accounts accounts;
        private final Reftrail reftrail;

        Pages(Accounts accounts, Reftrail reftrail) {
            this.accounts = accounts;
            this.reftrail = reftrail;
        }

        @PostMapping("/signup")
        String signUp(@RequestParam String name, @RequestParam("referral-code") String code) {
            if (!code.isBlank() && reftrail.checkCode(code) == CodeStatus.UNKNOWN) {
                return "no such code";
            }
            accounts.open(name);
            return "welcome";
        }

        @PostMapping("/signup/later")
        String signUpLater(@RequestParam String name) {
            Future<?> unused = accounts.openLater(name);
            return "welcome";
        }

        @PostMapping("/api/signup")
        String signUp(@RequestBody SignUp form) {
            accounts.open(form);
            return "welcome";
        }

        @PostMapping("/partner")
        String partner(@Nullable Attribution attribution) {
            return attribution == null ? "nobody" : attribution.backend();
        }

        @PostMapping("/behind-proxy/raw")
        String raw(HttpServletRequest request) throws IOException {
            return new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {

        @Bean
        Accounts accounts() {
            return new Accounts();
        }

        @Bean
        Pages pages(Accounts accounts, Reftrail reftrail) {
            return new Pages(accounts, reftrail);
        }

        @Bean
        UnreachableTransport transport() {
            return new UnreachableTransport();
        }

        @Bean
        ReferralCodes coupons() {
            Map<String, String> clicks = Map.of("SUMMER-NORA", "aff_nora");
            return code -> {
                String click = clicks.get(code);
                return click == null ? null : new Attribution("introw", click, null);
            };
        }

        @Bean
        LeadListener leads() {
            return (backend, status) -> LEADS.add(backend + " " + status);
        }

        @Bean
        PasswordEncoder passwordEncoder() {
            return new BCryptPasswordEncoder(4);
        }

        @Bean
        UserDetailsService users(PasswordEncoder passwords) {
            return name -> User.withUsername(name)
                    .password(passwords.encode("secret"))
                    .roles("USER")
                    .build();
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http, UserDetailsService users, ApplicationEventPublisher events)
                throws Exception {
            PreAuthenticatedAuthenticationProvider provider = new PreAuthenticatedAuthenticationProvider();
            provider.setPreAuthenticatedUserDetailsService(
                    new UserDetailsByNameServiceWrapper<PreAuthenticatedAuthenticationToken>(users));
            ProviderManager manager = new ProviderManager(provider);
            manager.setAuthenticationEventPublisher(new DefaultAuthenticationEventPublisher(events));
            RequestHeaderAuthenticationFilter proxy = new RequestHeaderAuthenticationFilter();
            proxy.setPrincipalRequestHeader("X-User");
            proxy.setExceptionIfHeaderMissing(false);
            proxy.setAuthenticationManager(manager);
            return http.csrf(csrf -> csrf.disable())
                    .formLogin(Customizer.withDefaults())
                    .addFilter(proxy)
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }

    @AfterAll
    static void close() {
        SHOP.close();
    }

    @BeforeEach
    void nobody() {
        LEADS.clear();
    }

    private String post(String path, String body, String type, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + SHOP.getEnvironment().getRequiredProperty("local.server.port") + path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
        return visitor.send(
                        headers.length == 0
                                ? request.build()
                                : request.headers(headers).build(),
                        BodyHandlers.ofString())
                .body();
    }

    private String form(String path, String body, String... headers) throws Exception {
        return post(path, body, "application/x-www-form-urlencoded", headers);
    }

    private static List<String> codes() {
        return SHOP.getBean(Reftrail.class).operations().recentDecisions().stream()
                .filter(decision -> decision.stage() == Stage.CODE)
                .map(Decision::reason)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/signup", "/signup/later"})
    void theFieldOfASignUpFormIsALead(String path) throws Exception {
        assertThat(form(path, "name=kim-of-" + path + "&referral-code=SUMMER-NORA"))
                .isEqualTo("welcome");

        assertThat(LEADS).containsExactly("introw ENQUEUED");
        assertThat(codes()).startsWith("known");
    }

    @Test
    void aCodeInJsonIsALead() throws Exception {
        assertThat(post("/api/signup", "{\"name\":\"lee\",\"code\":\"SUMMER-NORA\"}", "application/json"))
                .isEqualTo("welcome");
        assertThat(post("/api/signup", "{\"name\":\"max\"}", "application/json"))
                .isEqualTo("welcome");

        assertThat(LEADS).containsExactly("introw ENQUEUED");
    }

    @Test
    void aFormSaysThatThereIsNoSuchCode() throws Exception {
        assertThat(form("/signup", "name=mia&referral-code=SUMMER-NOBODY")).isEqualTo("no such code");
        assertThat(codes()).startsWith("unknown");
        assertThat(form("/signup", "name=mia&referral-code=")).isEqualTo("welcome");

        assertThat(LEADS).isEmpty();
    }

    @Test
    void theFieldOfALoginFormIsALeadOfANewCustomer() throws Exception {
        form("/login", "username=nina&password=secret&referral-code=SUMMER-NORA");
        form("/login", "username=nina&password=secret&referral-code=SUMMER-NORA");

        assertThat(LEADS).containsExactly("introw ENQUEUED", "introw EXISTING_CUSTOMER");
    }

    @Test
    void aControllersArgumentIsThePartnerOfTheCode() throws Exception {
        assertThat(form("/partner", "referral-code=SUMMER-NORA")).isEqualTo("introw");
        assertThat(form("/partner", "referral-code=SUMMER-NOBODY")).isEqualTo("nobody");
    }

    @Test
    void theBodyOfAFormIsTheApplicationsIfSomebodyIsSignedInBeforeIt() throws Exception {
        String body = "referral-code=SUMMER-NORA&amount=7";

        assertThat(form("/behind-proxy/raw", body, "X-User", "otto")).isEqualTo(body);
        assertThat(LEADS).isEmpty();
    }
}
