package io.reftrail.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The shop's ways in, at the running shop, which has no identity provider and no tracking backend here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInPagesTests {

    private static final Pattern LINK = Pattern.compile("href=\"http://ledgerly.example(/login/ott\\?token=[^\"]+)\"");

    private final ConfigurableApplicationContext application = SpringApplication.run(
            Shop.class,
            "--server.port=0",
            "--shop.url=http://ledgerly.example",
            "--shop.keyring.issuer=http://127.0.0.1:1",
            "--sandbox-url=http://127.0.0.1:1");

    private final URI shop =
            URI.create("http://localhost:" + application.getEnvironment().getRequiredProperty("local.server.port"));

    private Guest guest = new Guest(shop);

    @BeforeEach
    void openABrowser() {
        guest = new Guest(shop);
    }

    @AfterAll
    void stop() {
        application.close();
    }

    @Test
    void aProviderThatIsAwayLeadsBackToTheSignInPage() throws Exception {
        HttpResponse<String> keyring = guest.open("/oauth2/authorization/keyring");
        assertThat(keyring.statusCode()).isEqualTo(302);
        assertThat(keyring.headers().firstValue("Location")).contains(shop + "/login?away");
        assertThat(guest.open("/login?away").body()).contains("Keyring is not available");
    }

    @Test
    void aLinkSignsInOnce() throws Exception {
        String link = sendLink("lea@example.org");
        assertThat(guest.open(link).body()).contains("One more click");
        assertThat(guest.open("/account").statusCode()).isEqualTo(302);

        assertThat(guest.submit(link, "/login/ott", Map.of("token", token(link))))
                .isEqualTo("/account");
        assertThat(guest.open("/account").body())
                .contains("Welcome, <span>lea</span>", "by a link sent by mail", "lea@example.org");

        assertThat(new Guest(shop).submit(link, "/login/ott", Map.of("token", token(link))))
                .isEqualTo("/login?link");
    }

    @Test
    void nothingIsSentToWhatIsNoAddress() throws Exception {
        assertThat(guest.submit("/login", "/login/link", Map.of("username", "lea")))
                .isEqualTo("/login?address");
        assertThat(guest.open("/mailbox").body()).doesNotContain("<strong>lea</strong>");
    }

    @Test
    void anAccountWithoutAPasswordTakesNone() throws Exception {
        String link = sendLink("noor@example.org");
        guest.submit(link, "/login/ott", Map.of("token", token(link)));
        for (String password : new String[] {"", "null", "secret"}) {
            assertThat(new Guest(shop)
                            .submit("/login", "/login", Map.of("username", "noor@example.org", "password", password)))
                    .isEqualTo("/login?error");
        }
    }

    @Test
    void aDeviceIsRememberedUntilItsOwnerSignsOut() throws Exception {
        Map<String, String> ada = Map.of("username", "Ada@example.org", "password", "password", "remember-me", "on");
        assertThat(guest.submit("/login", "/login", ada)).isEqualTo("/account");
        assertThat(guest.open("/account").body()).contains("with a password");

        guest.restart();
        assertThat(guest.open("/account").body()).contains("because this device is remembered");

        guest.submit("/account", "/logout", Map.of());
        guest.restart();
        assertThat(guest.open("/account").statusCode()).isEqualTo(302);
    }

    @Test
    void whoDoesNotAskForItIsNotRemembered() throws Exception {
        guest.submit("/login", "/login", Map.of("username", "ada@example.org", "password", "password"));
        guest.restart();
        assertThat(guest.open("/account").statusCode()).isEqualTo(302);
    }

    @Test
    void signUpSaysWhatIsWrongAndKeepsWhatWasWritten() throws Exception {
        Map<String, String> taken = Map.of("email", "ADA@example.org", "name", "Ada", "password", "secret");
        assertThat(guest.submit("/signup", "/signup", taken))
                .contains("There is an account with this address already", "value=\"ADA@example.org\"");
        Map<String, String> malformed = Map.of("email", "ada", "name", "Ada", "password", "secret");
        assertThat(guest.submit("/signup", "/signup", malformed))
                .contains("That is no e-mail address", "value=\"Ada\"");
    }

    @Test
    void aPasswordThatIsTooShortOrTooLongOpensNoAccount() throws Exception {
        for (String password : List.of("", "abc", "x".repeat(73))) {
            Map<String, String> fields = Map.of("email", "ines@example.org", "name", "Ines", "password", password);
            assertThat(guest.submit("/signup", "/signup", fields))
                    .contains("A password has 4 to 72 characters", "value=\"Ines\"");
        }
        assertThat(guest.submit(
                        "/signup",
                        "/signup",
                        Map.of("email", "ines@example.org", "name", "Ines", "password", "secret")))
                .isEqualTo("/account");
    }

    @Test
    void whoeverHasOpenedAnAccountWithAnothersAddressIsOutWhenItsOwnerComes() throws Exception {
        Map<String, String> fields = Map.of("email", "vera@example.org", "name", "Mallory", "password", "secret");
        assertThat(guest.submit("/signup", "/signup", fields)).isEqualTo("/account");
        Guest owner = new Guest(shop);
        String link = sendLink("vera@example.org");
        assertThat(owner.submit(link, "/login/ott", Map.of("token", token(link))))
                .isEqualTo("/account");

        assertThat(guest.open("/account").headers().firstValue("Location")).contains(shop + "/login");
        assertThat(guest.open("/account").statusCode()).isEqualTo(302);
        assertThat(owner.open("/account").body()).contains("by a link sent by mail", "vera@example.org");
    }

    /** Returns the path and the query of the link that the newest mail to somebody holds. */
    private String sendLink(String email) throws Exception {
        assertThat(guest.submit("/login", "/login/link", Map.of("username", email)))
                .isEqualTo("/login/sent");
        String mailbox = guest.open("/mailbox").body();
        Matcher link = LINK.matcher(mailbox.substring(mailbox.indexOf(email)));
        assertThat(link.find()).as(mailbox).isTrue();
        return link.group(1);
    }

    private static String token(String link) {
        return link.substring(link.indexOf('=') + 1);
    }
}
