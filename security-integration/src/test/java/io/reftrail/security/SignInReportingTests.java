package io.reftrail.security;

import static io.reftrail.security.SignIns.credentials;
import static io.reftrail.security.SignIns.formLogin;
import static io.reftrail.security.SignIns.programmaticLogin;
import static io.reftrail.security.SignIns.withClick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.reftrail.LeadTrigger;
import jakarta.servlet.ServletException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** Who is reported, through Spring Security's real filter chain. */
class SignInReportingTests {

    /** In the words of the mock response, which parses a cookie and writes it anew. */
    private static final List<String> EXPIRED = List.of(
            "_introw_aff=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax",
            "_reftrail_introw=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax");

    private static final String LEAD = "{\"clickId\":\"aff_1\",\"email\":\"kim@example.org\"}";

    @AutoClose
    private SignInApplication application =
            new SignInApplication(new DefaultCustomerResolver(), LeadTrigger.FIRST_SIGN_IN);

    SignInReportingTests() throws ServletException {}

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
    void aSignUpThatTheApplicationReportsItselfIsNotReportedAgainByItsSignIn() throws Exception {
        application.browser.perform(withClick(credentials(post("/api/signup")))).andExpect(status().isOk());
        assertThat(application.events).containsExactly("AuthenticationSuccessEvent");
        assertThat(application.reportedLeads()).containsExactly("{\"clickId\":\"aff_1\"}");
    }

    @Test
    void theSecondSignInOfACustomerReportsNothing() throws Exception {
        application.browser.perform(formLogin());
        application.browser.perform(formLogin()).andExpect(redirectedUrl("/"));
        application.browser.perform(programmaticLogin()).andExpect(status().isOk());
        assertThat(application.reportedLeads()).containsExactly(LEAD);
    }

    @Test
    void everySignInWithAClickIsReportedOnceEachWhereTheBackendRecognisesRepetitions() throws Exception {
        application = new SignInApplication(new DefaultCustomerResolver(), LeadTrigger.EVERY_SIGN_IN);
        application.browser.perform(formLogin());
        application.browser.perform(formLogin());
        assertThat(application.reportedLeads()).containsExactly(LEAD, LEAD);
    }
}
