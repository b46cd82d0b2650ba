package io.reftrail.servlet;

import io.undertow.security.api.AuthenticationMechanism;
import io.undertow.security.api.SecurityContext;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import org.jspecify.annotations.Nullable;

/**
 * What {@link HeaderModule} is elsewhere: Undertow has no Jakarta Authentication of its own (WildFly adds it), but the place
 * where one belongs. Believes a header of each request, or only when it is asked to authenticate.
 */
final class HeaderMechanism implements AuthenticationMechanism {

    @Override
    public AuthenticationMechanismOutcome authenticate(HttpServerExchange exchange, SecurityContext context) {
        String name = header(exchange, HeaderModule.HEADER);
        if (name == null && context.isAuthenticationRequired()) {
            name = header(exchange, HeaderModule.ON_REQUEST);
        }
        if (name == null) {
            return AuthenticationMechanismOutcome.NOT_ATTEMPTED;
        }
        context.authenticationComplete(new UndertowSecurity.Person(name), "HEADER", false);
        return AuthenticationMechanismOutcome.AUTHENTICATED;
    }

    private static @Nullable String header(HttpServerExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    @Override
    public ChallengeResult sendChallenge(HttpServerExchange exchange, SecurityContext context) {
        return new ChallengeResult(true, StatusCodes.FORBIDDEN);
    }
}
