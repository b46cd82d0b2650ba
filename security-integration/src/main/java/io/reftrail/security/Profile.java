package io.reftrail.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.ldap.userdetails.InetOrgPerson;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.saml2.provider.service.authentication.Saml2AuthenticatedPrincipal;
import org.springframework.security.saml2.provider.service.authentication.Saml2ResponseAssertionAccessor;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.util.ClassUtils;

/**
 * The personal data that an authentication holds. Each reader below is the only class that uses a certain optional module of Spring
 * Security, and is loaded only where that module is on the class path.
 *
 * @param email the e-mail address, or {@code null}
 * @param isUnverified whether the authentication says that the person has not proved to own the address
 * @param name the display name, or {@code null}
 * @param avatar the URL of a picture, or {@code null}
 */
record Profile(
        @Nullable String email,
        boolean isUnverified,
        @Nullable String name,
        @Nullable String avatar) {

    private static final Profile EMPTY = new Profile(null, false, null, null);

    private static final List<Reader> READERS = readers();

    /** Reads the authentications of one module; returns {@code null} for those of other modules. */
    @FunctionalInterface
    private interface Reader {

        @Nullable
        Profile read(Authentication authentication);
    }

    /** Returns the known data of the person; it is empty if no reader supports the authentication. */
    static Profile of(Authentication authentication) {
        for (Reader reader : READERS) {
            Profile profile = reader.read(authentication);
            if (profile != null) {
                return profile;
            }
        }
        return EMPTY;
    }

    private static List<Reader> readers() {
        List<Reader> readers = new ArrayList<>();
        if (isPresent("oauth2.core.ClaimAccessor")) {
            readers.add(OAuth2Reader::read);
        }
        if (isPresent("saml2.provider.service.authentication.Saml2ResponseAssertionAccessor")) {
            readers.add(SamlAssertionReader::read);
        }
        if (isPresent("saml2.provider.service.authentication.Saml2AuthenticatedPrincipal")) {
            readers.add(SamlPrincipalReader::read);
        }
        if (isPresent("ldap.userdetails.InetOrgPerson")) {
            readers.add(LdapReader::read);
        }
        if (isPresent("web.webauthn.api.PublicKeyCredentialUserEntity")) {
            readers.add(PasskeyReader::read);
        }
        return List.copyOf(readers);
    }

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent("org.springframework.security." + type, Profile.class.getClassLoader());
    }

    private static Profile of(@Nullable String email, @Nullable String name) {
        return new Profile(email, false, name, null);
    }

    /** Returns the first of the named values that is a text and not blank, or {@code null}. */
    private static @Nullable String text(Map<String, ?> values, String... names) {
        for (String name : names) {
            if (values.get(name) instanceof String text && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    /** Returns the first text that is not blank, or {@code null}. */
    private static @Nullable String first(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    private static @Nullable String fullName(@Nullable String given, @Nullable String family) {
        return given == null || family == null ? first(given, family) : given + " " + family;
    }

    /**
     * Reads the claims of OpenID Connect (Core 1.0, section 5.1) in an ID token, a user info or a JWT, and the names that large
     * providers of plain OAuth2 use for them: {@code avatar_url} (GitHub, GitLab) and {@code verified_email} (Google).
     */
    private static final class OAuth2Reader {

        static @Nullable Profile read(Authentication authentication) {
            Object principal = authentication.getPrincipal();
            if (principal instanceof OAuth2AuthenticatedPrincipal user) {
                return profile(user.getAttributes());
            }
            return principal instanceof ClaimAccessor token ? profile(token.getClaims()) : null;
        }

        private static Profile profile(Map<String, Object> claims) {
            String name = text(claims, "name");
            return new Profile(
                    text(claims, "email"),
                    isFalse(claims.get("email_verified")) || isFalse(claims.get("verified_email")),
                    name == null ? fullName(text(claims, "given_name"), text(claims, "family_name")) : name,
                    text(claims, "picture", "avatar_url"));
        }

        /** Some providers write the boolean as a string. */
        private static boolean isFalse(@Nullable Object claim) {
            return claim != null && claim.toString().equalsIgnoreCase("false");
        }
    }

    /** Reads a SAML 2 assertion where Spring Security 7 keeps it: in the credentials. */
    private static final class SamlAssertionReader {

        static @Nullable Profile read(Authentication authentication) {
            return authentication.getCredentials() instanceof Saml2ResponseAssertionAccessor assertion
                    ? SamlAttributes.profile(assertion.getAttributes())
                    : null;
        }
    }

    /** Reads the SAML 2 principal of Spring Security 6.5, which an application's own converter may still create. */
    private static final class SamlPrincipalReader {

        @SuppressWarnings("deprecation") // since Spring Security 7, which keeps the assertion apart
        static @Nullable Profile read(Authentication authentication) {
            return authentication.getPrincipal() instanceof Saml2AuthenticatedPrincipal user
                    ? SamlAttributes.profile(user.getAttributes())
                    : null;
        }
    }

    /**
     * Reads the attributes of a SAML 2 assertion, ignoring case: by their plain names, by the object identifiers of the LDAP
     * attributes that they stand for (RFC 4524, 2798 and 4519), and by the names that Microsoft's identity providers use.
     */
    private static final class SamlAttributes {

        private static final String[] EMAIL = {
            "email",
            "mail",
            "emailAddress",
            "urn:oid:0.9.2342.19200300.100.1.3",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"
        };

        private static final String[] NAME = {
            "displayName",
            "urn:oid:2.16.840.1.113730.3.1.241",
            "http://schemas.microsoft.com/identity/claims/displayname",
            "cn",
            "urn:oid:2.5.4.3"
        };

        private static final String[] GIVEN = {
            "givenName",
            "firstName",
            "urn:oid:2.5.4.42",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname"
        };

        private static final String[] FAMILY = {
            "sn",
            "surname",
            "lastName",
            "urn:oid:2.5.4.4",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname"
        };

        static Profile profile(Map<String, List<Object>> attributes) {
            Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            attributes.forEach((name, all) -> {
                if (!all.isEmpty()) {
                    values.putIfAbsent(name, all.get(0));
                }
            });
            String name = text(values, NAME);
            return of(text(values, EMAIL), name == null ? fullName(text(values, GIVEN), text(values, FAMILY)) : name);
        }
    }

    /** Reads {@code mail}, {@code displayName} and {@code cn} of an LDAP entry. */
    private static final class LdapReader {

        static @Nullable Profile read(Authentication authentication) {
            if (!(authentication.getPrincipal() instanceof InetOrgPerson person)) {
                return null;
            }
            String[] common = person.getCn();
            return of(first(person.getMail()), first(person.getDisplayName(), common.length == 0 ? null : common[0]));
        }
    }

    /** Reads the display name of a passkey's owner. The ids of the user entity and of the credential are random and not read. */
    private static final class PasskeyReader {

        static @Nullable Profile read(Authentication authentication) {
            return authentication.getPrincipal() instanceof PublicKeyCredentialUserEntity user
                    ? of(null, displayName(user))
                    : null;
        }

        /** Spring Security registers the user name as the display name where the application gives none. */
        private static @Nullable String displayName(PublicKeyCredentialUserEntity user) {
            String name = first(user.getDisplayName());
            return name == null || name.equals(user.getName()) ? null : name;
        }
    }
}
