package io.reftrail.policy;

import io.reftrail.journey.Touch;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rule that decides whether a new customer becomes a lead. Reftrail asks the policies in their order before it stores the lead
 * of a new customer; the first one that does not accept decides. A lead that is held or declined stays in the outbox with its
 * reason, and an operator can release it. Policies are not asked about corrections by hand.
 *
 * <p>It is called on the thread of the sign-up, in its transaction, so it must not wait for a network. If it throws, the lead is
 * held. A customer who signs in again can be judged again; the decision on the stored lead stays. Implementations are safe for
 * use by many threads.
 */
@FunctionalInterface
public interface LeadPolicy {

    /** Returns the verdict on a new customer referred by a partner. */
    Verdict judge(Candidate candidate);

    /**
     * A new customer referred by a partner.
     *
     * @param attribution the click; its {@linkplain Attribution#CODE code}, if there is one, names the partner
     * @param customer the customer, with all fields that the application has given
     * @param touches the visits of the browser before the sign-up, the first one and the last ones; empty if attribution is not
     *     enabled, or the sign-up is reported without a request
     * @param request the request of the sign-up
     */
    record Candidate(Attribution attribution, Customer customer, List<Touch> touches, RequestFacts request) {

        /** Copies the touches. */
        public Candidate {
            touches = List.copyOf(touches);
        }

        /** Returns a description without personal data. */
        @Override
        public String toString() {
            return "Candidate[" + attribution + "]";
        }
    }

    /**
     * The known facts of the request of a sign-up.
     *
     * @param ipAddress the visitor's IP address as the container reports it, or {@code null} if it is unknown
     * @param userAgent the {@code User-Agent} header, or {@code null}
     * @param route the pattern of the route, or {@code null} if it is unknown
     * @param signedInHere the test whether the partner with this id as a customer was signed in with this browser; always
     *     {@code false} unless the application says who its {@linkplain Partners partners} are
     */
    record RequestFacts(
            @Nullable String ipAddress,
            @Nullable String userAgent,
            @Nullable String route,
            Predicate<String> signedInHere) {

        /** The facts of a sign-up without a request. */
        public static final RequestFacts UNKNOWN = new RequestFacts(null, null, null, customerId -> false);

        /** Leaves personal data out. */
        @Override
        public String toString() {
            return "RequestFacts[route=" + route + "]";
        }
    }

    /**
     * The verdict of a policy.
     *
     * @param kind what happens with the lead
     * @param reason the reason: lower-case letters, digits and hyphens, 2 to 40 characters; empty if the lead is accepted. It
     *     appears in decisions and meters, so a policy has only a few reasons, without personal data
     */
    record Verdict(Kind kind, String reason) {

        private static final Verdict ACCEPTED = new Verdict(Kind.ACCEPT, "");

        private static final Pattern REASON = Pattern.compile("[a-z][a-z0-9-]{1,39}");

        /** The treatment of a lead. */
        public enum Kind {
            /** The next policy is asked. After the last one, the lead is stored to be sent. */
            ACCEPT,
            /** The lead waits for an operator. */
            HOLD,
            /** The lead is not sent, unless an operator releases it. */
            DECLINE
        }

        /** @throws IllegalArgumentException if the reason is missing or has other characters */
        public Verdict {
            if (kind == Kind.ACCEPT
                    ? !reason.isEmpty()
                    : !REASON.matcher(reason).matches()) {
                throw new IllegalArgumentException("not a reason: lower-case letters, digits and hyphens");
            }
        }

        /** Returns the verdict that the lead is accepted. */
        public static Verdict accept() {
            return ACCEPTED;
        }

        /**
         * Returns the verdict that the lead waits for an operator.
         *
         * @throws IllegalArgumentException if the reason has other characters than lower-case letters, digits and hyphens
         */
        public static Verdict hold(String reason) {
            return new Verdict(Kind.HOLD, reason);
        }

        /**
         * Returns the verdict that the lead is not sent.
         *
         * @throws IllegalArgumentException if the reason has other characters than lower-case letters, digits and hyphens
         */
        public static Verdict decline(String reason) {
            return new Verdict(Kind.DECLINE, reason);
        }

        /** Returns whether the lead is accepted. */
        public boolean accepts() {
            return kind == Kind.ACCEPT;
        }
    }
}
