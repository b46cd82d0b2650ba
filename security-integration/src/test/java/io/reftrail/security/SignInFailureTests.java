package io.reftrail.security;

import static io.reftrail.security.SignIns.formLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;

import io.reftrail.Reftrail;
import io.reftrail.model.Customer;
import io.reftrail.outbox.InMemoryOutbox;
import java.time.Clock;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** Sign-ins while something of ours, or of the application's, fails. */
class SignInFailureTests {

    @AutoClose
    private SignInApplication application =
            new SignInApplication(new DefaultCustomerResolver(), LeadTrigger.FIRST_SIGN_IN);

    @Test
    void theSignInSucceedsWhateverTheResolverDoes() throws Exception {
        application = new SignInApplication(
                authentication -> {
                    throw new IllegalStateException("the customer database is away");
                },
                LeadTrigger.FIRST_SIGN_IN);
        MockHttpServletResponse response = application
                .browser
                .perform(formLogin())
                .andExpect(redirectedUrl("/"))
                .andReturn()
                .getResponse();
        assertThat(response.getHeaders("Set-Cookie")).noneMatch(line -> line.contains("_introw"));
    }

    @Test
    void aFullOutboxLeavesTheCookieForTheNextSignIn() throws Exception {
        InMemoryOutbox outbox = new InMemoryOutbox(1, Clock.systemUTC());
        application = new SignInApplication(
                Reftrail.builder().outbox(outbox), new DefaultCustomerResolver(), LeadTrigger.FIRST_SIGN_IN);
        outbox.onAvailable(() -> {});
        application.browser.perform(formLogin());
        application = new SignInApplication(
                Reftrail.builder().outbox(outbox),
                authentication -> Customer.of("somebody else"),
                LeadTrigger.FIRST_SIGN_IN);
        outbox.onAvailable(() -> {});
        MockHttpServletResponse response = application
                .browser
                .perform(formLogin())
                .andExpect(redirectedUrl("/"))
                .andReturn()
                .getResponse();
        assertThat(response.getHeaders("Set-Cookie")).noneMatch(line -> line.contains("_introw"));
    }
}
