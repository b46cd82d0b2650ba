package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Whether an authentication comes out of the request's {@code Authorization} header. */
class AuthorizationHeaderTests {

    private static final List<GrantedAuthority> USER = List.of(new SimpleGrantedAuthority("ROLE_USER"));

    private static final Authentication NOBODY = new AnonymousAuthenticationToken("key", "anonymousUser", USER);

    private static final Authentication TOKEN = new JwtAuthenticationToken(
            new Jwt("token", Instant.EPOCH, Instant.MAX, Map.of("alg", "none"), Map.of("sub", "app")), USER);

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments("no header", null, null, details("kim"), false),
                arguments("the header's user", basic("kim"), NOBODY, login("kim"), true),
                arguments(
                        "the header's user, in other letters", "bAsIc " + encoded("kim:x"), NOBODY, login("kim"), true),
                arguments("a password with colons", "Basic " + encoded("kim:a:b"), NOBODY, login("kim"), true),
                arguments("an alias of the header's user", basic("kim@example.org"), NOBODY, details("7"), true),
                arguments("somebody else behind a gate", basic("gate"), login("gate"), login("kim"), false),
                arguments(
                        "somebody else with details behind a gate",
                        basic("gate"),
                        login("gate"),
                        details("kim"),
                        false),
                arguments("a gate that is not Spring Security's", basic("gate"), NOBODY, login("kim"), false),
                arguments("a bearer token made a user of ours", "Bearer t", null, login("kim"), true),
                arguments("the same in a session", "Bearer t", login("kim"), details("kim"), true),
                arguments("a key in a session", "ApiKey k", login("pat"), login("kim"), true),
                arguments("a sign-in behind a bearer token", "Bearer t", TOKEN, login("kim"), false),
                arguments("a sign-in with details behind a bearer token", "Bearer t", TOKEN, details("kim"), false),
                arguments("an old token that nobody reads", "Bearer t", NOBODY, login("kim"), false),
                arguments("a key that a filter reads", "ApiKey k", null, login("kim"), true),
                arguments("no base64", "Basic ä", NOBODY, login("kim"), false),
                arguments("no colon", "Basic " + encoded("kim"), NOBODY, login("kim"), false),
                arguments("no credentials", "Basic", NOBODY, login("kim"), false));
    }

    private static String basic(String user) {
        return "Basic " + encoded(user + ":secret");
    }

    private static String encoded(String credentials) {
        return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private static AbstractAuthenticationToken login(String name) {
        return UsernamePasswordAuthenticationToken.authenticated(name, "secret", USER);
    }

    private static Authentication details(String name) {
        AbstractAuthenticationToken authentication = login(name);
        authentication.setDetails(new WebAuthenticationDetails("192.0.2.1", null));
        return authentication;
    }

    @ParameterizedTest(name = "{0}: {4}")
    @MethodSource("requests")
    void tellsWhatAHeaderBringsFromASignIn(
            String what,
            @Nullable String header,
            @Nullable Authentication current,
            Authentication authentication,
            boolean isOrigin) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        if (header != null) {
            request.addHeader("Authorization", header);
        }
        SecurityContextHolder.getContext().setAuthentication(current);
        assertThat(SignInEvents.isFromAuthorizationHeader(request, authentication))
                .isEqualTo(isOrigin);
    }

    @AfterEach
    void forget() {
        SecurityContextHolder.clearContext();
    }
}
