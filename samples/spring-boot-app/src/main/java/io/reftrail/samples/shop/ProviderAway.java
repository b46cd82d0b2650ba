package io.reftrail.samples.shop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;

/** Leads back to the sign-in page, where Spring Security would answer 500, if a provider cannot be asked for its endpoints. */
final class ProviderAway implements ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> {

    private static final Logger logger = LoggerFactory.getLogger(ProviderAway.class);

    @Override
    public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
        filter.setAuthenticationFailureHandler((request, response, failure) -> {
            logger.warn("The identity provider is away");
            response.sendRedirect("/login?away");
        });
        return filter;
    }
}
