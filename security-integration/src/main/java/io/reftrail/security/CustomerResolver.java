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
 * so it may ask a database, as the sign-in itself has. If it throws, the sign-in goes on and nothing is reported.
 */
@FunctionalInterface
public interface CustomerResolver {

    /** Returns the customer, or {@code null} if this user is none (staff, a technical account). */
    @Nullable
    Customer resolve(Authentication authentication);
}
