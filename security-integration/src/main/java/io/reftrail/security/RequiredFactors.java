package io.reftrail.security;

import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagerFactory;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;

/**
 * Whether somebody has proven all that the application requires of whoever signs in, for a {@link LeadReportingListener} that
 * reports customers after the last factor instead of the first: what {@code authenticated()} means in the authorization
 * rules, by the application's {@link AuthorizationManagerFactory}. {@code @EnableMultiFactorAuthentication} provides one.
 * What the same person has proven before counts too, where it stands in the security context. Thread-safe.
 */
public final class RequiredFactors implements Predicate<Authentication> {

    private final Supplier<? extends AuthorizationManagerFactory<? extends @Nullable Object>> factory;

    /** @param factory the application's rules, asked for at each sign-in */
    public RequiredFactors(Supplier<? extends AuthorizationManagerFactory<? extends @Nullable Object>> factory) {
        this.factory = factory;
    }

    /** Asks the rules without a request; a rule that needs one throws here what it throws then. */
    @Override
    public boolean test(Authentication authentication) {
        return isGranted(factory.get().authenticated(), ProvenFactors.with(authentication));
    }

    /** Who is asked for is nobody's request, so there is no object, whatever the type of it. */
    @SuppressWarnings("NullAway")
    private static <T extends @Nullable Object> boolean isGranted(
            AuthorizationManager<T> rule, Authentication authentication) {
        AuthorizationResult result = rule.authorize(() -> authentication, null);
        return result == null || result.isGranted();
    }
}
