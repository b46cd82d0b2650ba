package io.reftrail.security;

import io.reftrail.model.Customer;
import java.security.Principal;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * The default resolver. It uses the authentication's name as the customer id, and reads e-mail address, display name and picture
 * from these sources:
 *
 * <table>
 * <caption>Sources</caption>
 * <tr><th>Principal</th><th>E-mail</th><th>Name</th><th>Picture</th></tr>
 * <tr><td>OAuth2 or OpenID user, JWT</td><td>{@code email}</td><td>{@code name}, else {@code given_name} and
 *     {@code family_name}</td><td>{@code picture}, else {@code avatar_url}</td></tr>
 * <tr><td>SAML 2 assertion</td><td>{@code email}, {@code mail}, or their long names</td><td>{@code displayName},
 *     {@code cn}, or given name and surname</td><td></td></tr>
 * <tr><td>LDAP {@code InetOrgPerson}</td><td>{@code mail}</td><td>{@code displayName}, else {@code cn}</td><td></td></tr>
 * <tr><td>passkey</td><td></td><td>the display name, if it differs from the user name</td><td></td></tr>
 * </table>
 *
 * <p>If no source has an e-mail address, an authentication name that looks like one is used. An address is treated as verified
 * unless the principal says otherwise ({@code email_verified} is false); an unverified address is left out.
 *
 * <p>The resolver returns {@code null} for a principal of the application's own type that has no name (neither {@link UserDetails}
 * nor {@link Principal} nor {@link AuthenticatedPrincipal}), because Spring Security would use its {@code toString()}. It reads
 * {@link Customer#createdAt()} from a principal of the application's own type that has a property such as {@code createdAt},
 * {@code createdDate} or {@code registeredAt}; a date without a time stands for the end of its day in the system's time zone. For other
 * principals the age of the account stays unknown. Thread-safe.
 */
public final class DefaultCustomerResolver implements CustomerResolver {

    private static final Logger logger = LoggerFactory.getLogger(DefaultCustomerResolver.class);

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    private final AtomicBoolean hasWarned = new AtomicBoolean();

    @Override
    public @Nullable Customer resolve(Authentication authentication) {
        String id = authentication.getName();
        if (id == null || id.isBlank() || isToString(id, authentication.getPrincipal())) {
            return null;
        }
        Profile profile = Profile.of(authentication);
        return Customer.of(id)
                .withCreatedAt(CreationTime.of(authentication.getPrincipal()))
                .withEmail(email(id, profile))
                .withName(profile.name())
                .withAvatar(profile.avatar());
    }

    private boolean isToString(String id, @Nullable Object principal) {
        if (principal == null || hasName(principal) || !id.equals(principal.toString())) {
            return false;
        }
        if (hasWarned.compareAndSet(false, true)) {
            logger.warn(
                    "Sign-ins are not reported: the principal {} has no name. Register a CustomerResolver bean that returns the customer.",
                    principal.getClass().getName());
        }
        return true;
    }

    private static boolean hasName(Object principal) {
        return principal instanceof CharSequence
                || principal instanceof UserDetails
                || principal instanceof Principal
                || principal instanceof AuthenticatedPrincipal
                || principal instanceof Number
                || principal instanceof UUID;
    }

    private static @Nullable String email(String id, Profile profile) {
        if (profile.isUnverified()) {
            return null;
        }
        return profile.email() == null && EMAIL.matcher(id).matches() ? id : profile.email();
    }
}
