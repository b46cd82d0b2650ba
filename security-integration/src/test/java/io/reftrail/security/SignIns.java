package io.reftrail.security;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The ways Kim signs in, with a partner's click in the cookie. */
final class SignIns {

    private SignIns() {}

    static MockHttpServletRequestBuilder formLogin() {
        return withClick(credentials(post("/login")));
    }

    static MockHttpServletRequestBuilder programmaticLogin() {
        return withClick(credentials(post("/api/login")));
    }

    static MockHttpServletRequestBuilder credentials(MockHttpServletRequestBuilder request) {
        return request.param("username", "kim@example.org").param("password", "secret");
    }

    static MockHttpServletRequestBuilder withClick(MockHttpServletRequestBuilder request) {
        return request.header("Cookie", "_introw_aff=aff_1");
    }
}
