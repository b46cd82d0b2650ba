package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Controllers, and filters of the application's own, that call the {@code AuthenticationManager}. */
class LoginEndpointTests {

    @AutoClose
    private final Shop shop = new Shop(ShopPlan.of(LoginEndpoint.class));

    @Test
    void aControllerThatOpensASessionIsALead() {
        Browser kim = shop.browser().click();
        assertThat(kim.post("/session", "username", KIM).expiresClick()).isTrue();
        assertThat(kim.get("/me").body()).isEqualTo("me");
        assertThat(shop.events).containsExactly("AuthenticationSuccessEvent");
        assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
    }

    static Stream<Arguments> gates() {
        return Stream.of(
                arguments("no gate", "/token", null),
                arguments("a token of before that nobody reads", "/token", "Bearer stale"),
                arguments("a gate of the web server's", "/token", Browser.basic("web server")),
                arguments("details in the authentication", "/details/token", null),
                arguments("a filter of the application's own", "/filter/token", null),
                arguments("a Callable on a thread of Spring MVC's", "/callable/token", null),
                arguments("a basic gate", "/basic/token", Browser.basic("gate")),
                arguments("a basic gate, details", "/basic/details/token", Browser.basic("gate")),
                arguments("a gate of bearer tokens", "/bearer/token", "Bearer " + new Tokens().of("gate")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gates")
    void whatHandsOutATokenIsALead(String what, String path, @Nullable String gate) {
        Browser kim = shop.browser().click();
        Reply reply = gate == null
                ? kim.post(path, "username", KIM, "password", "secret")
                : kim.postWith(gate, path, "username", KIM);
        assertThat(reply.expiresClick()).isTrue();
        assertThat(reply.setCookies()).noneMatch(line -> line.startsWith("JSESSIONID"));
        String me =
                kim.get("/bearer/me", "Authorization", "Bearer " + reply.body()).body();
        assertThat(me).isEqualTo("me");
        assertThat(shop.events).hasSizeGreaterThan(1).containsOnly("AuthenticationSuccessEvent");
        assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
    }

    @Test
    void whoIsAlreadyKnownToTheGateIsNoLead() {
        Browser gate = shop.browser().click();
        Reply reply = gate.postWith(Browser.basic("gate"), "/basic/token", "username", "gate");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(gate.hasClick()).isTrue();
        assertThat(shop.reportedLeads()).isEmpty();
    }
}
