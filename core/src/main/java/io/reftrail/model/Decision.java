package io.reftrail.model;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The decision of Reftrail about one landing, sign-in, lead, payment, sale or delivery, with its reason. It contains no personal
 * data: no parameter value, no address and no id.
 *
 * @param time the time of the decision
 * @param stage the step between landing and delivery
 * @param backend the backend that the decision concerns, or {@code null} if it concerns none or all
 * @param reason the reason's {@linkplain Reason#text() text}, one of those that {@code docs/operations.md} lists for the stage
 * @param route the pattern of the route that served the request, such as {@code /products/{id}}, the login filter of a sign-in by
 *     Spring Security, or the event's type of a delivery, such as {@code lead}; {@code null} if unknown. Never a path with ids in it
 */
public record Decision(
        Instant time,
        Stage stage,
        @Nullable String backend,
        String reason,
        @Nullable String route) {

    /** The steps on the way from a click to its delivery. */
    public enum Stage {
        /** A request with a partner's parameter. */
        LANDING,
        /** A visit from outside the site. */
        TOUCH,
        /** A sign-in. */
        SIGN_IN,
        /** A code that a visitor gives in a form. */
        CODE,
        /** A customer who is reported as a lead. */
        LEAD,
        /** A lead that a policy holds or declines, and what an operator does with it. */
        POLICY,
        /** A delivery of a payment provider, and each payment in it. */
        PAYMENT,
        /** The journey of a customer, which is stored or corrected. */
        JOURNEY,
        /** A payment or refund that is reported. */
        SALE,
        /** An attempt to send a stored event. */
        DELIVERY,
        /** A reward for a customer who has brought another one. */
        REWARD
    }

    /** A reason for a decision. Implemented by one enum for each stage. */
    public interface Reason {

        /** Returns the stage that the reason belongs to. */
        Stage stage();

        /** Returns the constant's name. */
        String name();

        /** Returns the reason as it appears in decisions, meters and documentation, for example {@code existing-customer}. */
        default String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Creates a decision for a reason, at its stage. */
    public static Decision of(Instant time, Reason reason, @Nullable String backend, @Nullable String route) {
        return new Decision(time, reason.stage(), backend, reason.text(), route);
    }
}
