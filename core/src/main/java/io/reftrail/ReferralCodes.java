package io.reftrail;

import io.reftrail.model.Attribution;
import org.jspecify.annotations.Nullable;

/**
 * The application's own list of codes that a visitor can give in a form: coupons, partners' names, "who sent you?". Several lists are
 * asked in their order, and the first one that knows a code decides.
 *
 * <p>If there is a list, a code that it does not have is taken for a vendor's code only if the vendor's {@code codes} or
 * {@code code-pattern} accept it. An implementation is thread-safe and answers at once, from memory or from the application's
 * database, because a visitor waits.
 */
@FunctionalInterface
public interface ReferralCodes {

    /**
     * Returns the partner of a code.
     *
     * @param code what the visitor has given, without spaces around it; never blank, at most 255 characters. Compare it without
     *     regard to case
     * @return {@link Attribution#ofCode} with the vendor's backend and the partner's code, or an attribution with the vendor's
     *     click id; or {@code null} if there is no such code
     */
    @Nullable
    Attribution find(String code);
}
