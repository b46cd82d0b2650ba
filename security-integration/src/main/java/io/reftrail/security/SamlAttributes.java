package io.reftrail.security;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the attributes of a SAML 2 assertion, by their plain names in whatever case, by the object identifiers of the LDAP
 * attributes that they stand for (RFC 4524, 2798 and 4519), and by the names that Microsoft's identity providers use.
 */
final class SamlAttributes {

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
        "givenName", "firstName", "urn:oid:2.5.4.42", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname"
    };

    private static final String[] FAMILY = {
        "sn", "surname", "lastName", "urn:oid:2.5.4.4", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname"
    };

    private SamlAttributes() {}

    static Profile profile(Map<String, List<Object>> attributes) {
        Map<String, Object> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        attributes.forEach((name, values) -> {
            if (!values.isEmpty()) {
                first.putIfAbsent(name, values.get(0));
            }
        });
        String name = Profile.text(first, NAME);
        return Profile.of(
                Profile.text(first, EMAIL),
                name == null ? Profile.fullName(Profile.text(first, GIVEN), Profile.text(first, FAMILY)) : name);
    }
}
