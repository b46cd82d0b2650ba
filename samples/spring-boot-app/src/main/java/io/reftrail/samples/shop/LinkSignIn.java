package io.reftrail.samples.shop;

import io.reftrail.samples.shop.AccountHolder.AccountUser;
import io.reftrail.samples.shop.LinkSignIn.Mailbox.Mail;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
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

    /** The pages around a link that signs in. */
    @Controller
    static class LinkController {

        private final Mailbox mailbox;

        LinkController(Mailbox mailbox) {
            this.mailbox = mailbox;
        }

        /** Comes here only if {@link LinkSignIn} could not send anything. */
        @PostMapping(LinkSignIn.SEND)
        String noAddress() {
            return "redirect:/login?address";
        }

        @GetMapping("/login/sent")
        String sent() {
            return "sent";
        }

        @GetMapping("/mailbox")
        String mails(Model model) {
            model.addAttribute("mails", mailbox.mails());
            return "mailbox";
        }

        /** Opening a link is not enough, because programs that read mail open links too. */
        @GetMapping(LinkSignIn.FOLLOW)
        String follow(@RequestParam(defaultValue = "") String token, Model model) {
            model.addAttribute("token", token);
            return "link";
        }
    }

    /** Stands for everybody's mailbox: keeps the mails that a real shop would send. Thread-safe. */
    @Component
    static class Mailbox {

        private static final int ROOM = 50;

        private final Deque<Mail> mails = new ArrayDeque<>();

        /**
         * A mail that says "follow this link to sign in".
         *
         * @param to the address it would go to
         * @param link what it holds
         * @param at when it was sent
         */
        record Mail(String to, URI link, Instant at) {

            /** Tells nothing of the person, and not the link, which is as good as a password. */
            @Override
            public String toString() {
                return "Mail[at=" + at + "]";
            }
        }

        synchronized void put(Mail mail) {
            if (mails.size() == ROOM) {
                mails.removeLast();
            }
            mails.addFirst(mail);
        }

        /** The latest mails, the newest first. */
        synchronized List<Mail> mails() {
            return List.copyOf(mails);
        }
    }
}
