package io.reftrail.samples.shop;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Somebody as an identity provider knows them.
 *
 * @param issuer the provider
 * @param subject who it is there, for good
 * @param email an address that the provider vouches for, or {@code null}
 * @param name what to call them
 */
record Identity(String issuer, String subject, @Nullable EmailAddress email, String name) {

    /** An address that the provider does not call verified may be anybody's, and is dropped. */
    static Identity of(OidcUser user) {
        EmailAddress email = Boolean.TRUE.equals(user.getEmailVerified())
                ? EmailAddress.parse(user.getEmail()).orElse(null)
                : null;
        String name = Stream.of(user.getFullName(), user.getPreferredUsername())
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .orElse("customer");
        String issuer = Objects.requireNonNull(user.getIssuer()).toString();
        return new Identity(issuer, Objects.requireNonNull(user.getSubject()), email, name);
    }

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "Identity[issuer=" + issuer + "]";
    }
}
