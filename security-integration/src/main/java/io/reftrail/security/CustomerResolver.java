package io.reftrail.security;

import io.reftrail.model.Customer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Tells which customer has signed in. An application that knows when its accounts were created gives
 * {@link Customer#createdAt()}, so that existing customers who follow a partner's link are never reported, and nothing has to
 * be remembered of anybody.
 *
 * <p>Called on the sign-in's thread for each sign-in, with or without a partner's click, because who signs in without one is
 * remembered as a customer of before: once for each request, and again only if the first answer was {@code null}. Called
 * when a remembered visitor returns too. Not called for credentials that come with every request (HTTP basic, bearer tokens);
 * so it may ask a database, as the sign-in itself has. Where a certificate or a proxy signs people in and no session keeps it,
 * that is at each request. If it throws, the sign-in goes on and nothing is reported.
 *
 * <p>The id should be that of the application's own account, the one that sales will be reported for. The name of an
 * authentication is often not that: after an OAuth2 or OpenID login it is the provider's id of the person ({@code sub}), so
 * one person who comes by two providers, or by a provider and a password, is two customers, and two leads. A SAML name id may be
 * another at each sign-in, and an LDAP user name is as the person has typed it, in capitals or not. For e-mail and display name
 * an application with an id of its own may still ask a {@link DefaultCustomerResolver}.
 */
@FunctionalInterface
public interface CustomerResolver {

    /** Returns the customer, or {@code null} if this user is none (staff, a technical account). */
    @Nullable
    Customer resolve(Authentication authentication);
}
