package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reftrail.model.Customer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Credentials that come with every request, from a browser that has a partner's click: no sign-ins, and nobody is looked up. */
class PerRequestCredentialsTests {

    private final AtomicInteger lookUps = new AtomicInteger();

    @AutoClose
    private final Shop shop = new Shop(ShopPlan.of(ManyChains.class).withCustomers(authentication -> {
        lookUps.incrementAndGet();
        return Customer.of(authentication.getName()).withEmail(authentication.getName());
    }));

    static Stream<Arguments> credentials() {
        String token = "Bearer " + new Tokens().of(KIM);
        return Stream.of(
                arguments("basic", Browser.basic(KIM)),
                arguments("jwt", token),
                arguments("own", token),
                arguments("opaque", "Bearer " + "kim"),
                arguments("key", "ApiKey kim"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("credentials")
    void areNoSignIn(String api, String authorization) {
        Browser kim = shop.browser().click();
        Reply reply = kim.get("/" + api + "/data", "Authorization", authorization);
        assertThat(reply.body()).isEqualTo("data");
        assertThat(kim.hasClick()).isTrue();
        assertThat(lookUps).hasValue(0);
        assertThat(shop.events).contains("AuthenticationSuccessEvent");
        assertThat(shop.reportedLeads()).isEmpty();
    }

    /** The session's user is known already when the filter reads the header. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("credentials")
    void areNoSecondSignInWhereSomebodyIsSignedIn(String api, String authorization) {
        Browser pat = shop.browser();
        pat.signIn(Accounts.PAT);
        assertThat(lookUps).hasValue(1);
        pat.click().get("/" + api + "/data", "Authorization", authorization);
        assertThat(pat.hasClick()).isTrue();
        assertThat(lookUps).hasValue(1);
        assertThat(shop.reportedLeads()).isEmpty();
    }

    @Test
    void theLoginFormOfAnotherChainIsALead() {
        Browser kim = shop.browser().click();
        kim.get("/jwt/data", "Authorization", "Bearer " + new Tokens().of(KIM));
        assertThat(kim.signIn(KIM).expiresClick()).isTrue();
        assertThat(shop.reportedLeads()).containsExactly(LoginFormTests.LEAD);
    }
}
