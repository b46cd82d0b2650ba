package io.reftrail.samples.shop;

import io.reftrail.samples.shop.Mailbox.Mail;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.authentication.ott.GenerateOneTimeTokenRequest;
import org.springframework.security.authentication.ott.InMemoryOneTimeTokenService;
import org.springframework.security.authentication.ott.OneTimeToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationProvider;
import org.springframework.security.authentication.ott.OneTimeTokenService;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.ott.OneTimeTokenLoginConfigurer;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Sign-in by a link that is sent to an e-mail address. Following it creates an account if there is none. */
@Component
class LinkSignIn implements Customizer<OneTimeTokenLoginConfigurer<HttpSecurity>> {

    /** Where the address is posted to. */
    static final String SEND = "/login/link";

    /** Where the link leads to, and where what it holds is posted to. */
    static final String FOLLOW = "/login/ott";

    private static final Duration VALID = Duration.ofMinutes(15);

    private final OneTimeTokenService tokens = new InMemoryOneTimeTokenService();
    private final AccountLinks accounts;
    private final Mailbox mailbox;
    private final String shop;

    /** @param shop the address that links begin with; not what a request says, which may come from anywhere */
    LinkSignIn(AccountLinks accounts, Mailbox mailbox, @Value("${shop.url}") String shop) {
        this.accounts = accounts;
        this.mailbox = mailbox;
        this.shop = shop;
    }

    @Override
    public void customize(OneTimeTokenLoginConfigurer<HttpSecurity> login) {
        login.loginPage("/login")
                .tokenGeneratingUrl(SEND)
                .generateRequestResolver(request -> EmailAddress.parse(request.getParameter("username"))
                        .map(email -> new GenerateOneTimeTokenRequest(email.value(), VALID))
                        .orElse(null))
                .tokenService(tokens)
                .tokenGenerationSuccessHandler((request, response, token) -> {
                    send(token);
                    response.sendRedirect("/login/sent");
                })
                .showDefaultSubmitPage(false)
                .loginProcessingUrl(FOLLOW)
                .authenticationProvider(new OneTimeTokenAuthenticationProvider(tokens, this::customer))
                .defaultSuccessUrl("/account", true)
                .failureHandler(new SimpleUrlAuthenticationFailureHandler("/login?link"));
    }

    private void send(OneTimeToken token) {
        mailbox.put(new Mail(
                token.getUsername(),
                UriComponentsBuilder.fromUriString(shop)
                        .path(FOLLOW)
                        .queryParam("token", token.getTokenValue())
                        .build()
                        .toUri(),
                Instant.now()));
    }

    private UserDetails customer(String email) {
        return EmailAddress.parse(email)
                .map(accounts::of)
                .map(AccountUser::new)
                .orElseThrow(() -> new UsernameNotFoundException("no such address"));
    }
}
