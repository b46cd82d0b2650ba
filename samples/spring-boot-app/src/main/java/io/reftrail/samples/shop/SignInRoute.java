package io.reftrail.samples.shop;

import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthentication;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;

/** How somebody has signed in. */
enum SignInRoute {
    PASSWORD("with a password"),
    KEYRING("with Keyring"),
    LINK("by a link sent by mail"),
    REMEMBERED("because this device is remembered");

    private final String words;

    SignInRoute(String words) {
        this.words = words;
    }

    static SignInRoute of(Authentication authentication) {
        if (authentication instanceof OAuth2AuthenticationToken) {
            return KEYRING;
        }
        if (authentication instanceof OneTimeTokenAuthentication) {
            return LINK;
        }
        return authentication instanceof RememberMeAuthenticationToken ? REMEMBERED : PASSWORD;
    }

    /** What follows "You are signed in". */
    String words() {
        return words;
    }
}
