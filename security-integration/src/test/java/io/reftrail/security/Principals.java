package io.reftrail.security;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.ldap.core.DirContextAdapter;
import org.springframework.ldap.support.LdapNameBuilder;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.ldap.userdetails.InetOrgPersonContextMapper;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.saml2.provider.service.authentication.DefaultSaml2AuthenticatedPrincipal;
import org.springframework.security.saml2.provider.service.authentication.Saml2Authentication;

/** Who signs in, as each of Spring Security's modules has it. */
final class Principals {

    private Principals() {}

    static TestingAuthenticationToken of(Object principal) {
        return new TestingAuthenticationToken(principal, "secret");
    }

    static Authentication user(String name) {
        return of(User.withUsername(name).password("secret").build());
    }

    /** Facebook, GitHub: what is at the provider's user endpoint. */
    static Authentication oauth2(String nameAttribute, Map<String, Object> attributes) {
        return of(new DefaultOAuth2User(List.of(), attributes, nameAttribute));
    }

    static Authentication oidc(Map<String, Object> claims) {
        return of(new DefaultOidcUser(List.of(), new OidcIdToken("token", Instant.EPOCH, Instant.MAX, claims)));
    }

    static Authentication jwt(Map<String, Object> claims) {
        return new JwtAuthenticationToken(new Jwt("token", Instant.EPOCH, Instant.MAX, Map.of("alg", "none"), claims));
    }

    /** As converters that were written for an earlier version make it. */
    @SuppressWarnings("deprecation")
    static Authentication olderSaml(String nameId, Map<String, List<Object>> attributes) {
        return new Saml2Authentication(
                new DefaultSaml2AuthenticatedPrincipal(nameId, attributes), "<Response/>", List.of());
    }

    static Authentication ldap(String typed, Map<String, String> attributes) {
        DirContextAdapter entry = new DirContextAdapter(
                LdapNameBuilder.newInstance("uid=kim,dc=shop,dc=example").build());
        entry.setAttributeValue("uid", "kim");
        entry.setAttributeValue("sn", "Novak");
        attributes.forEach(entry::setAttributeValue);
        return of(new InetOrgPersonContextMapper().mapUserFromContext(entry, typed, List.of()));
    }
}
