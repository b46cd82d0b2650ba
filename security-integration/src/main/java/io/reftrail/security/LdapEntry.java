package io.reftrail.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.ldap.userdetails.InetOrgPerson;

/**
 * Reads the entry of an LDAP directory: {@code mail}, {@code displayName}, {@code cn}. The only class that touches Spring
 * Security's LDAP module.
 */
final class LdapEntry {

    private LdapEntry() {}

    static @Nullable Profile read(Authentication authentication) {
        if (!(authentication.getPrincipal() instanceof InetOrgPerson person)) {
            return null;
        }
        String[] common = person.getCn();
        return Profile.of(
                Profile.first(person.getMail()),
                Profile.first(person.getDisplayName(), common.length == 0 ? null : common[0]));
    }
}
