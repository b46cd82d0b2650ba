package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthorizationCodeAuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;

class SignInEventsTests {

    private static final List<GrantedAuthority> USER = List.of(new SimpleGrantedAuthority("ROLE_USER"));

    private static final AbstractAuthenticationToken PASSWORD =
            UsernamePasswordAuthenticationToken.authenticated("kim", "secret", USER);

    static Stream<Arguments> signIns() {
        return Stream.of(
                arguments("a password", PASSWORD, true, true),
                arguments("remember-me", new RememberMeAuthenticationToken("key", "kim", USER), false, false),
                arguments("nobody", new AnonymousAuthenticationToken("key", "anonymous", USER), false, false),
                arguments(
                        "a pre-authenticated user",
                        new PreAuthenticatedAuthenticationToken("kim", "", USER),
                        true,
                        true),
                arguments("a bearer token", new JwtAuthenticationToken(jwt(), USER), false, true),
                arguments("access granted to a client of ours", grantedClient(), false, true),
                arguments("somebody who is not authenticated yet", unauthenticated(), false, false),
                arguments("an administrator who acts for somebody", switchedUser(), false, false));
    }

    private static Jwt jwt() {
        return new Jwt("token", Instant.EPOCH, Instant.MAX, Map.of("alg", "none"), Map.of("sub", "kim"));
    }

    private static Authentication unauthenticated() {
        return UsernamePasswordAuthenticationToken.unauthenticated("kim", "secret");
    }

    /** "Connect your drive": the principal is the name of our own client. */
    private static Authentication grantedClient() {
        ClientRegistration client = ClientRegistration.withRegistrationId("drive")
                .clientId("our-client")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("https://shop.example/connected")
                .authorizationUri("https://drive.example/authorize")
                .tokenUri("https://drive.example/token")
                .build();
        OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri("https://drive.example/authorize")
                .clientId("our-client")
                .build();
        OAuth2AuthorizationResponse response = OAuth2AuthorizationResponse.success("code")
                .redirectUri("https://shop.example/connected")
                .build();
        OAuth2AccessToken token = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER, "token", Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
        Authentication granted = new OAuth2AuthorizationCodeAuthenticationToken(
                client, new OAuth2AuthorizationExchange(request, response), token);
        granted.setAuthenticated(true);
        return granted;
    }

    private static Authentication switchedUser() {
        return UsernamePasswordAuthenticationToken.authenticated(
                "kim", "", List.of(new SwitchUserGrantedAuthority("ROLE_PREVIOUS_ADMINISTRATOR", PASSWORD)));
    }

    @ParameterizedTest(name = "{0}: plain event {2}, interactive event {3}")
    @MethodSource("signIns")
    void tellsAPersonsSignInFromTheRest(
            String who, Authentication authentication, boolean onPlainEvent, boolean onInteractiveEvent) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        assertThat(SignInEvents.isSignIn(new AuthenticationSuccessEvent(authentication), request))
                .isEqualTo(onPlainEvent);
        assertThat(SignInEvents.isSignIn(
                        new InteractiveAuthenticationSuccessEvent(authentication, getClass()), request))
                .isEqualTo(onInteractiveEvent);
    }

    @ParameterizedTest
    @MethodSource("signIns")
    void credentialsInTheAuthorizationHeaderAreNoSignIn(
            String who, Authentication authentication, boolean onPlainEvent, boolean onInteractiveEvent) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Authorization", "Basic abc");
        assertThat(SignInEvents.isSignIn(new AuthenticationSuccessEvent(authentication), request))
                .isFalse();
    }
}
