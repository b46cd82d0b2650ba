package io.reftrail.security;

import static io.reftrail.security.SignInEvents.Meaning.NO_SIGN_IN;
import static io.reftrail.security.SignInEvents.Meaning.RETURN;
import static io.reftrail.security.SignInEvents.Meaning.SIGN_IN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reftrail.security.SignInEvents.Meaning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthorizationCodeAuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.session.SessionFixationProtectionEvent;
import org.springframework.security.web.authentication.switchuser.AuthenticationSwitchUserEvent;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;

class SignInEventsTests {

    private static final List<GrantedAuthority> USER = List.of(new SimpleGrantedAuthority("ROLE_USER"));

    private static final AbstractAuthenticationToken PASSWORD =
            UsernamePasswordAuthenticationToken.authenticated("kim", "secret", USER);

    static Stream<Arguments> signIns() {
        return Stream.of(
                arguments("a password", PASSWORD, SIGN_IN, SIGN_IN),
                arguments("remember-me", new RememberMeAuthenticationToken("key", "kim", USER), NO_SIGN_IN, RETURN),
                arguments("nobody", new AnonymousAuthenticationToken("key", "anonymous", USER), NO_SIGN_IN, NO_SIGN_IN),
                arguments(
                        "a pre-authenticated user",
                        new PreAuthenticatedAuthenticationToken("kim", "", USER),
                        SIGN_IN,
                        SIGN_IN),
                arguments("a bearer token", new JwtAuthenticationToken(jwt(), USER), NO_SIGN_IN, SIGN_IN),
                arguments("access granted to a client of ours", grantedClient(), NO_SIGN_IN, SIGN_IN),
                arguments("somebody who is not authenticated yet", unauthenticated(), NO_SIGN_IN, NO_SIGN_IN),
                arguments("an administrator who acts for somebody", switchedUser(), NO_SIGN_IN, NO_SIGN_IN));
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
        OAuth2AccessToken token = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER, "token", Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
        Authentication granted = new OAuth2AuthorizationCodeAuthenticationToken(
                client, Mockito.mock(OAuth2AuthorizationExchange.class), token);
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
            String who, Authentication authentication, Meaning onPlainEvent, Meaning onInteractiveEvent) {
        AbstractAuthenticationEvent plain = new AuthenticationSuccessEvent(authentication);
        AbstractAuthenticationEvent interactive = new InteractiveAuthenticationSuccessEvent(authentication, getClass());
        assertThat(SignInEvents.of(plain, new MockHttpServletRequest())).isEqualTo(onPlainEvent);
        assertThat(SignInEvents.of(interactive, new MockHttpServletRequest())).isEqualTo(onInteractiveEvent);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("signIns")
    void needsNoRequestToTell(
            String who, Authentication authentication, Meaning onPlainEvent, Meaning onInteractiveEvent) {
        assertThat(SignInEvents.of(new AuthenticationSuccessEvent(authentication), null))
                .isEqualTo(onPlainEvent);
    }

    static Stream<AbstractAuthenticationEvent> otherEvents() {
        return Stream.of(
                new AuthenticationFailureBadCredentialsEvent(PASSWORD, new BadCredentialsException("wrong")),
                new LogoutSuccessEvent(PASSWORD),
                new AuthenticationSwitchUserEvent(
                        PASSWORD, User.withUsername("pat").password("").build()),
                new SessionFixationProtectionEvent(PASSWORD, "one", "two"));
    }

    @ParameterizedTest
    @MethodSource("otherEvents")
    void whatIsNoSuccessSaysNothing(AbstractAuthenticationEvent event) {
        assertThat(SignInEvents.of(event, new MockHttpServletRequest())).isEqualTo(NO_SIGN_IN);
    }
}
