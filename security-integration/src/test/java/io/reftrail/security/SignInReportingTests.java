package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.reftrail.Reftrail;
import io.reftrail.model.Customer;
import io.reftrail.outbox.InMemoryOutbox;
import jakarta.servlet.http.Cookie;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Sign-ins through Spring Security's real filter chain. */
class SignInReportingTests {

    /** In the words of the mock response, which parses a cookie and writes it anew. */
    private static final List<String> EXPIRED = List.of(
            "_introw_aff=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax",
            "_reftrail_introw=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax");

    private static final String LEAD = "{\"clickId\":\"aff_1\",\"email\":\"kim@example.org\"}";

    @AutoClose
    private SignInApplication application =
            new SignInApplication(new DefaultCustomerResolver(), LeadTrigger.FIRST_SIGN_IN);

    private static MockHttpServletRequestBuilder formLogin() {
        return withClick(post("/login").param("username", "kim@example.org").param("password", "secret"));
    }

    private static MockHttpServletRequestBuilder programmaticLogin() {
        return withClick(post("/api/login").param("username", "kim@example.org").param("password", "secret"));
    }

    private static MockHttpServletRequestBuilder withClick(MockHttpServletRequestBuilder request) {
        return request.header("Cookie", "_introw_aff=aff_1");
    }

    @Test
    void formLoginPublishesBothEventsAndReportsOneLead() throws Exception {
        MockHttpServletResponse response = application
                .browser
                .perform(formLogin())
                .andExpect(redirectedUrl("/"))
                .andReturn()
                .getResponse();
        assertThat(application.events)
                .containsExactly("AuthenticationSuccessEvent", "InteractiveAuthenticationSuccessEvent");
        assertThat(response.getHeaders("Set-Cookie"))
                .filteredOn(line -> line.contains("_introw"))
                .isEqualTo(EXPIRED);
        assertThat(response.getHeader("Cache-Control")).contains("no-store");
        assertThat(application.reportedLeads()).containsExactly(LEAD);
    }

    @Test
    void aControllerThatCallsTheAuthenticationManagerReportsOneLead() throws Exception {
        MockHttpServletResponse response = application
                .browser
                .perform(programmaticLogin())
                .andExpect(status().isOk())
                .andReturn()
                .getResponse();
        assertThat(application.events).containsExactly("AuthenticationSuccessEvent");
        assertThat(response.getHeaders("Set-Cookie")).containsAll(EXPIRED);
        assertThat(application.reportedLeads()).containsExactly(LEAD);
    }

    @Test
    void theSecondSignInOfACustomerReportsNothing() throws Exception {
        application.browser.perform(formLogin());
        application.browser.perform(formLogin()).andExpect(redirectedUrl("/"));
        application.browser.perform(programmaticLogin()).andExpect(status().isOk());
        assertThat(application.reportedLeads()).containsExactly(LEAD);
    }

    @Test
    void whoeverComesWithoutAPartnersClickIsNoLead() throws Exception {
        application.browser.perform(
                post("/login").param("username", "kim@example.org").param("password", "secret"));
        assertThat(application.reportedLeads()).isEmpty();
    }

    @Test
    void aFailedSignInReportsNothing() throws Exception {
        application.browser.perform(
                withClick(post("/login").param("username", "kim@example.org").param("password", "wrong")));
        assertThat(application.reportedLeads()).isEmpty();
    }

    @Test
    void basicAuthenticationComesWithEveryRequestAndIsNoSignIn() throws Exception {
        application
                .browser
                .perform(withClick(get("/")).with(request -> {
                    request.addHeader("Authorization", "Basic a2ltQGV4YW1wbGUub3JnOnNlY3JldA==");
                    return request;
                }))
                .andExpect(status().isOk());
        assertThat(application.events).contains("AuthenticationSuccessEvent");
        assertThat(application.reportedLeads()).isEmpty();
    }

    @Test
    void aRememberedVisitorReturnsAndIsNoLead() throws Exception {
        Cookie remembered = application
                .browser
                .perform(post("/login")
                        .param("username", "kim@example.org")
                        .param("password", "secret")
                        .param("remember-me", "on"))
                .andReturn()
                .getResponse()
                .getCookie("remember-me");
        application.events.clear();
        application
                .browser
                .perform(withClick(get("/")).cookie(Objects.requireNonNull(remembered)))
                .andExpect(status().isOk());
        assertThat(application.events).contains("InteractiveAuthenticationSuccessEvent");
        assertThat(application.reportedLeads()).isEmpty();
    }

    @Test
    void anExistingCustomerWhoFollowsAPartnersLinkIsNoLeadAndKeepsTheCookie() throws Exception {
        Instant lastYear = Instant.now().minusSeconds(400L * 86_400);
        application = new SignInApplication(
                authentication -> Customer.of(authentication.getName()).withCreatedAt(lastYear),
                LeadTrigger.FIRST_SIGN_IN);
        MockHttpServletResponse response =
                application.browser.perform(formLogin()).andReturn().getResponse();
        assertThat(response.getHeaders("Set-Cookie")).noneMatch(line -> line.contains("_introw"));
        assertThat(application.reportedLeads()).isEmpty();
    }

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

    @Test
    void whoIsNoCustomerIsNoLead() throws Exception {
        application = new SignInApplication(authentication -> null, LeadTrigger.FIRST_SIGN_IN);
        application.browser.perform(formLogin()).andExpect(redirectedUrl("/"));
        assertThat(application.reportedLeads()).isEmpty();
    }

    @Test
    void theSignUpTriggerLeavesSignInsAlone() throws Exception {
        application = new SignInApplication(new DefaultCustomerResolver(), LeadTrigger.SIGN_UP);
        application.browser.perform(formLogin()).andExpect(redirectedUrl("/"));
        assertThat(application.reportedLeads()).isEmpty();
    }

    @Test
    void everySignInWithAClickIsReportedOnceEachWhereTheBackendRecognisesRepetitions() throws Exception {
        application = new SignInApplication(new DefaultCustomerResolver(), LeadTrigger.EVERY_SIGN_IN);
        application.browser.perform(formLogin());
        application.browser.perform(formLogin());
        assertThat(application.reportedLeads()).containsExactly(LEAD, LEAD);
    }
}
