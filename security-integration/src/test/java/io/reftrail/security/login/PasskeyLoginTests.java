package io.reftrail.security.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** WebAuthn by Spring Security's own endpoints, with an authenticator of the test's. */
class PasskeyLoginTests extends LoginContract {

    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("kim@example.org:secret".getBytes(StandardCharsets.UTF_8));

    private final SoftwareAuthenticator phone = new SoftwareAuthenticator();
    private @Nullable String userHandle;

    PasskeyLoginTests() throws GeneralSecurityException {
        super(Shop.open(Passkeys.class));
    }

    @Override
    Trail signIn(Visitor visitor) {
        try {
            String user = userHandle == null ? register(Visitor.withoutCookies()) : userHandle;
            JsonNode options = read(post(visitor, "/webauthn/authenticate/options", "", Map.of()));
            String credential = phone.signIn(
                    options.path("challenge").asString(), shop.at("").toString(), "localhost", user);
            Trail login = post(visitor, "/login/webauthn", credential, Map.of());
            assertThat(read(login).path("authenticated").asBoolean()).isTrue();
            return login.then(visitor.open(shop.at("/members")));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Registers with a password in each request, so that registering is not a sign-in. */
    private String register(Visitor visitor) throws GeneralSecurityException {
        Map<String, String> password = Map.of("Authorization", BASIC);
        JsonNode options = read(post(visitor, "/webauthn/register/options", "", password));
        String credential =
                phone.register(options.path("challenge").asString(), shop.at("").toString(), "localhost");
        String registration = "{\"publicKey\":{\"credential\":" + credential + ",\"label\":\"phone\"}}";
        JsonNode registered = read(post(visitor, "/webauthn/register", registration, password));
        assertThat(registered.path("success").asBoolean()).isTrue();
        shop.events.clear();
        userHandle = options.path("user").path("id").asString();
        return userHandle;
    }

    private Trail post(Visitor visitor, String path, String json, Map<String, String> more) {
        if (visitor.cookie("XSRF-TOKEN") == null) {
            visitor.open(shop.at("/"));
        }
        Map<String, String> headers = new HashMap<>(more);
        headers.put("X-XSRF-TOKEN", Objects.requireNonNull(visitor.cookie("XSRF-TOKEN")));
        return visitor.submitJson(shop.at(path), json, headers);
    }

    private static JsonNode read(Trail answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    @Override
    List<String> publishedEvents() {
        return List.of("InteractiveAuthenticationSuccessEvent of WebAuthnAuthentication");
    }

    @Override
    String signsInAt() {
        return "/login/webauthn";
    }

    @Override
    String customerId() {
        return "kim@example.org";
    }

    @Override
    String told() {
        return ",\"customerEmail\":\"kim@example.org\"";
    }

    @Configuration
    static class Passkeys {

        @Bean
        PasswordEncoder passwordEncoder() {
            return new BCryptPasswordEncoder(4);
        }

        @Bean
        UserDetailsService users(PasswordEncoder passwords) {
            return new InMemoryUserDetailsManager(User.withUsername("kim@example.org")
                    .password(passwords.encode("secret"))
                    .build());
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http, URI address) {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .csrf(csrf -> csrf.spa())
                    .httpBasic(Customizer.withDefaults())
                    .webAuthn(passkeys ->
                            passkeys.rpName("Shop").rpId("localhost").allowedOrigins(address.toString()))
                    .build();
        }
    }
}
