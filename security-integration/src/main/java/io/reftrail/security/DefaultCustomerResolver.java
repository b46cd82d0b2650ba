package io.reftrail.security;

import io.reftrail.model.Customer;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.util.ClassUtils;

/**
 * Takes the authentication's name for the customer id. E-mail and name come from the claims of an OAuth2 or OpenID user
 * or of a JWT ({@code email}, {@code name}); without claims, a name that looks like an e-mail address is one. Knows
 * nothing of when the account was created. Thread-safe.
 */
public final class DefaultCustomerResolver implements CustomerResolver {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    private static final boolean OAUTH2 = ClassUtils.isPresent(
            "org.springframework.security.oauth2.core.ClaimAccessor", DefaultCustomerResolver.class.getClassLoader());

    @Override
    public @Nullable Customer resolve(Authentication authentication) {
        String id = authentication.getName();
        if (id == null || id.isBlank()) {
            return null;
        }
        Map<String, Object> claims = OAUTH2 ? OAuth2Claims.of(authentication.getPrincipal()) : Map.of();
        String email = text(claims, "email");
        return Customer.of(id)
                .withEmail(email == null && EMAIL.matcher(id).matches() ? id : email)
                .withName(text(claims, "name"));
    }

    private static @Nullable String text(Map<String, Object> claims, String name) {
        return claims.get(name) instanceof String text && !text.isBlank() ? text : null;
    }
}
