package io.reftrail.security;

import io.reftrail.model.Customer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * A strategy that maps an authentication to a customer. If your application knows when an account was created, set
 * {@link Customer#createdAt()}: existing customers who follow a partner's link are then never reported, and no first sign-in has to
 * be stored.
 *
 * <p>Reftrail calls the resolver on the sign-in's thread at each sign-in, with or without a partner's click, because a sign-in
 * without a click is stored too. It calls the resolver once for each request, and again only if the first answer was {@code null};
 * also when a remembered visitor returns. It does not call it for credentials that come with every request (HTTP basic, bearer
 * tokens). A resolver may therefore query a database, as the sign-in itself does. Where a certificate or a proxy authenticates each
 * request and no session keeps the result, the resolver is called at each request. If it throws, the sign-in succeeds and nothing
 * is reported.
 *
 * <p>Return the id of your application's account, the one that you report sales for. The name of an authentication is often a
 * different one: after an OAuth2 or OpenID login it is the provider's id of the person ({@code sub}), so a person who uses two
 * providers, or a provider and a password, becomes two customers and two leads. A SAML name id can change at each sign-in, and an
 * LDAP user name is spelled as the person has typed it. To read e-mail address and display name you can still call a
 * {@link DefaultCustomerResolver}.
 */
@FunctionalInterface
public interface CustomerResolver {

    /** Returns the customer, or {@code null} if the user is not a customer (staff, a technical account). */
    @Nullable
    Customer resolve(Authentication authentication);
}
