package io.reftrail.security;

import io.reftrail.model.Customer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Tells which customer has signed in. An application that knows when its accounts were created gives
 * {@link Customer#createdAt()}, so that existing customers who follow a partner's link are never reported. Called on
 * the sign-in's thread, only for visitors whom a partner has brought; if it throws, the sign-in goes on and nothing is
 * reported.
 */
@FunctionalInterface
public interface CustomerResolver {

    /** Returns the customer, or {@code null} if this user is none (staff, a technical account). */
    @Nullable
    Customer resolve(Authentication authentication);
}
