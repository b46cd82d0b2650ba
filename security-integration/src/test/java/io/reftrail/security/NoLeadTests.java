package io.reftrail.security;

import static io.reftrail.security.SignIns.credentials;
import static io.reftrail.security.SignIns.formLogin;
import static io.reftrail.security.SignIns.withClick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.reftrail.LeadTrigger;
import io.reftrail.model.Customer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** Who is not reported, through Spring Security's real filter chain. */
class NoLeadTests {

    @AutoClose
    private SignInApplication application =
            new SignInApplication(new DefaultCustomerResolver(), LeadTrigger.FIRST_SIGN_IN);

    NoLeadTests() throws ServletException {}

    @Test
    void whoeverComesWithoutAPartnersClickIsNoLead() throws Exception {
        application.browser.perform(credentials(post("/login")));
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
                .perform(get("/").cookie(Objects.requireNonNull(remembered), new Cookie("_introw_aff", "aff_1")))
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
}
