package io.reftrail.security.login;

import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractAuthenticationFilterConfigurer;
import org.springframework.security.saml2.provider.service.web.authentication.Saml2WebSsoAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Stands in for {@code http.saml2Login()}, whose class cannot be loaded without OpenSAML; on the same base. */
final class SamlLogin
        extends AbstractAuthenticationFilterConfigurer<HttpSecurity, SamlLogin, Saml2WebSsoAuthenticationFilter> {

    static final String ENDPOINT = "/login/saml2/sso/idp";

    SamlLogin(AuthenticationConverter responses) {
        super(new Saml2WebSsoAuthenticationFilter(responses, ENDPOINT), ENDPOINT);
    }

    /** Redirects unauthenticated visitors to the home page; Spring Security would redirect them to the identity provider. */
    @Override
    public void init(HttpSecurity http) {
        loginPage("/");
        super.init(http);
    }

    @Override
    protected RequestMatcher createLoginProcessingUrlMatcher(String path) {
        return PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, path);
    }
}
