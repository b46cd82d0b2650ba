package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** A sign-in by another site's form, and the requests after it. */
class SessionSignInFilterTests {

    private static final Authentication KIM = new TestingAuthenticationToken("kim", "", "USER");

    private final RecordingTransport backend = new RecordingTransport();

    @AutoClose
    private final Reftrail reftrail = Reftrail.builder()
            .backend(IntrowBackend.of("key"))
            .transport(backend)
            .build();

    private final MockHttpSession session = new MockHttpSession();
    private SessionSignInFilter signIns = new SessionSignInFilter(reftrail, new DefaultCustomerResolver());

    @AfterEach
    void endRequest() {
        RequestContextHolder.resetRequestAttributes();
        SecurityContextHolder.clearContext();
    }

    private MockHttpServletRequest request(String method, @Nullable String site) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/");
        request.setSession(session);
        if (site != null) {
            request.addHeader("Sec-Fetch-Site", site);
        }
        return request;
    }

    private void signIn(MockHttpServletRequest request, Authentication authentication) {
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        signIns.onApplicationEvent(new InteractiveAuthenticationSuccessEvent(authentication, getClass()));
        RequestContextHolder.resetRequestAttributes();
    }

    private MockHttpServletResponse open(Authentication who) throws Exception {
        MockHttpServletRequest request = request("GET", "same-origin");
        request.addHeader("Cookie", "_introw_aff=aff_1");
        MockHttpServletResponse response = new MockHttpServletResponse();
        store(who);
        MockFilterChain chain = new MockFilterChain();
        signIns.doFilter(request, response, chain);
        assertThat(chain.getRequest()).isSameAs(request);
        return response;
    }

    private void store(Authentication who) {
        session.setAttribute(
                HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY, new SecurityContextImpl(who));
    }

    private boolean awaitsClickId() {
        return session.getAttribute(SessionSignInFilter.class.getName()) != null;
    }

    private List<String> reported() {
        reftrail.close();
        return backend.bodies();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "POST, cross-site, true",
                "GET, cross-site, true",
                "POST, none, true",
                "GET, none, false",
                "POST, same-origin, false",
                "POST, same-site, false",
                "GET, same-origin, false",
            })
    void onlyARequestThatMayLackCookiesIsMadeUpFor(String method, @Nullable String site, boolean madeUpFor)
            throws Exception {
        signIn(request(method, site), KIM);
        assertThat(awaitsClickId()).isEqualTo(madeUpFor);
        MockHttpServletResponse response = open(KIM);
        assertThat(response.getHeaders("Set-Cookie")).hasSize(madeUpFor ? 2 : 0);
        assertThat(reported()).isEqualTo(madeUpFor ? List.of("{\"clickId\":\"aff_1\"}") : List.of());
    }

    @Test
    void onlyTheNextRequestOfTheCustomerIsAskedForAClick() throws Exception {
        signIn(request("POST", "cross-site"), KIM);
        MockHttpServletRequest request = request("GET", "cross-site");
        signIns.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
        assertThat(awaitsClickId()).isTrue();
        store(KIM);
        signIns.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
        assertThat(awaitsClickId()).isFalse();
        open(KIM);
        assertThat(reported()).isEmpty();
    }

    @Test
    void somebodyElseInTheSessionIsNotWhoHasSignedIn() throws Exception {
        signIn(request("POST", "cross-site"), KIM);
        open(new TestingAuthenticationToken("lee", "", "USER"));
        assertThat(reported()).isEmpty();
    }

    @Test
    void aRememberedVisitorHasNotSignedIn() throws Exception {
        Authentication remembered =
                new RememberMeAuthenticationToken("key", "kim", AuthorityUtils.createAuthorityList("USER"));
        signIn(request("POST", "cross-site"), remembered);
        open(remembered);
        assertThat(reported()).isEmpty();
    }

    @Test
    void whoeverActsForSomebodyElseIsNoCustomer() throws Exception {
        MockHttpServletRequest request = request("POST", "cross-site");
        SecurityContextHolder.setContext(new SecurityContextImpl(new TestingAuthenticationToken(
                "lee", "", List.of(new SwitchUserGrantedAuthority("ROLE_PREVIOUS_ADMINISTRATOR", KIM)))));
        signIn(request, KIM);
        open(KIM);
        assertThat(reported()).isEmpty();
    }

    @Test
    void aFactorThatIsNotTheLastOneIsNoSignIn() throws Exception {
        signIns = new SessionSignInFilter(reftrail, new DefaultCustomerResolver(), authentication -> false);
        signIn(request("POST", "cross-site"), KIM);
        open(KIM);
        assertThat(reported()).isEmpty();
    }

    @Test
    void noSessionIsMade() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
        signIn(request, KIM);
        assertThat(request.getSession(false)).isNull();
    }

    @Test
    void theRequestGoesOnWhereAClassIsMissing() throws Exception {
        signIn(request("POST", "cross-site"), KIM);
        signIns = new SessionSignInFilter(reftrail, authentication -> {
            throw new NoClassDefFoundError("of the customer database");
        });
        assertThat(open(KIM).getHeaders("Set-Cookie")).isEmpty();
    }

    @Test
    void theRequestGoesOnWhateverTheResolverDoes() throws Exception {
        signIn(request("POST", "cross-site"), KIM);
        signIns = new SessionSignInFilter(reftrail, authentication -> {
            throw new IllegalStateException("the customer database is away");
        });
        assertThat(open(KIM).getHeaders("Set-Cookie")).isEmpty();
    }
}
