package io.reftrail.security;

import static io.reftrail.security.SignIns.formLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.reftrail.LeadTrigger;
import io.reftrail.Reftrail;
import io.reftrail.model.Customer;
import io.reftrail.outbox.memory.InMemoryOutbox;
import jakarta.servlet.ServletException;
import java.time.Clock;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.slf4j.LoggerFactory;
import org.springframework.mock.web.MockHttpServletResponse;

/** Sign-ins while something of ours, or of the application's, fails. */
class SignInFailureTests {

    @AutoClose
    private SignInApplication application =
            new SignInApplication(new DefaultCustomerResolver(), LeadTrigger.FIRST_SIGN_IN);

    SignInFailureTests() throws ServletException {}

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
    void theSignInSucceedsWhereAClassOfTheResolversIsMissing() throws Exception {
        application = new SignInApplication(
                authentication -> {
                    throw new NoClassDefFoundError("of the customer database");
                },
                LeadTrigger.FIRST_SIGN_IN);
        application.browser.perform(formLogin()).andExpect(redirectedUrl("/"));
    }

    @Test
    void theLogTellsNothingOfWhatTheApplicationSaidOfThePerson() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(LeadReportingListener.class);
        log.start();
        logger.addAppender(log);
        application = new SignInApplication(
                authentication -> {
                    throw new IllegalStateException("no account " + authentication.getName());
                },
                LeadTrigger.FIRST_SIGN_IN);
        application.browser.perform(formLogin());
        logger.detachAppender(log);
        assertThat(log.list).hasSizeGreaterThan(0).allSatisfy(event -> {
            assertThat(event.getFormattedMessage()).doesNotContain("kim");
            assertThat(ThrowableProxyUtil.asString(event.getThrowableProxy()))
                    .contains("java.lang.IllegalStateException", "SignInFailureTests")
                    .doesNotContain("kim@");
        });
    }

    @Test
    void theListenerNeverRunsOnAnotherThread() {
        assertThat(new LeadReportingListener(application.reftrail, new DefaultCustomerResolver())
                        .supportsAsyncExecution())
                .isFalse();
    }

    @Test
    void aFullOutboxLeavesTheCookieForTheNextSignIn() throws Exception {
        InMemoryOutbox outbox = Mockito.spy(new InMemoryOutbox(1, Clock.systemUTC()));
        Mockito.doNothing().when(outbox).onAvailable(Mockito.any()); // nothing is delivered, so it stays full
        application = new SignInApplication(
                Reftrail.builder().outbox(outbox), new DefaultCustomerResolver(), LeadTrigger.FIRST_SIGN_IN);
        application.browser.perform(formLogin());
        application = new SignInApplication(
                Reftrail.builder().outbox(outbox),
                authentication -> Customer.of("somebody else"),
                LeadTrigger.FIRST_SIGN_IN);
        MockHttpServletResponse response = application
                .browser
                .perform(formLogin())
                .andExpect(redirectedUrl("/"))
                .andReturn()
                .getResponse();
        assertThat(response.getHeaders("Set-Cookie")).noneMatch(line -> line.contains("_introw"));
    }
}
