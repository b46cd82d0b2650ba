package io.reftrail.security;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagerFactory;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * A test whether a person has proved all factors that the application requires, for a {@link LeadReportingListener} that reports
 * customers after the last factor instead of the first. It evaluates {@code authenticated()} of the application's
 * {@link AuthorizationManagerFactory}, which {@code @EnableMultiFactorAuthentication} provides. Factors that the same person has
 * proved earlier are read from the security context. Requires Spring Security 7. Thread-safe.
 */
public final class RequiredFactors implements Predicate<Authentication> {

    private final Supplier<? extends AuthorizationManagerFactory<? extends @Nullable Object>> factory;

    /** @param factory the application's authorization rules, requested at each sign-in */
    public RequiredFactors(Supplier<? extends AuthorizationManagerFactory<? extends @Nullable Object>> factory) {
        this.factory = factory;
    }

    /** Evaluates the rules without a request. If a rule needs a request and throws, the exception is passed on. */
    @Override
    public boolean test(Authentication authentication) {
        return isGranted(factory.get().authenticated(), withEarlierFactors(authentication));
    }

    @SuppressWarnings("NullAway") // no object is authorized, whatever its type
    private static <T extends @Nullable Object> boolean isGranted(
            AuthorizationManager<T> rule, Authentication authentication) {
        AuthorizationResult result = rule.authorize(() -> authentication, null);
        return result == null || result.isGranted();
    }

    /**
     * Adds the authorities of the factors that the same person has proved before. The plain success event has only those of its own
     * factor, and a controller that calls the {@code AuthenticationManager} publishes no other event.
     */
    private static Authentication withEarlierFactors(Authentication authentication) {
        Authentication current = SecurityContextHolder.getContext().getAuthentication();
        if (current == null
                || !current.isAuthenticated()
                || !authentication.getName().equals(current.getName())) {
            return authentication;
        }
        List<GrantedAuthority> earlier = new ArrayList<>(current.getAuthorities());
        earlier.removeIf(authority -> has(authentication, authority.getAuthority()));
        return earlier.isEmpty()
                ? authentication
                : authentication.toBuilder()
                        .authorities(all -> all.addAll(earlier))
                        .build();
    }

    private static boolean has(Authentication authentication, @Nullable String name) {
        return authentication.getAuthorities().stream()
                .anyMatch(authority -> authority.getAuthority() != null
                        && authority.getAuthority().equals(name));
    }
}
