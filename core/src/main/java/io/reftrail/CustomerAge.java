package io.reftrail;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureRule;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which a customer is new or existing, as {@code docs/sign-in.md} states it: an existing customer is older than the click
 * or than the cut-off.
 */
final class CustomerAge {

    private final LeadSettings settings;

    CustomerAge(LeadSettings settings) {
        this.settings = settings;
    }

    /** @param firstSignIn the customer's first sign-in before this one, or {@code null} if none is stored */
    boolean isExisting(
            TrackingBackend backend,
            Attribution attribution,
            Customer customer,
            @Nullable Instant firstSignIn,
            Instant now) {
        Instant clickedAt = clickedAt(backend, attribution, now);
        if (firstSignIn != null && firstSignIn.isBefore(clickedAt)) {
            return true;
        }
        Instant createdAt = customer.createdAt();
        Instant since = createdAt == null ? firstSignIn : latest(createdAt);
        Instant cutOff = settings.cutOff();
        if (since != null && cutOff != null && since.isBefore(cutOff)) {
            return true;
        }
        return createdAt != null && latest(createdAt).isBefore(clickedAt.minus(settings.createdAtTolerance()));
    }

    /**
     * Returns whether the first sign-in has to be looked up: the customer has no {@code createdAt}, or one that is older than the
     * click and within the tolerance.
     */
    boolean dependsOnFirstSignIn(TrackingBackend backend, Attribution attribution, Customer customer, Instant now) {
        Instant createdAt = customer.createdAt();
        return createdAt == null
                || (createdAt.isBefore(clickedAt(backend, attribution, now))
                        && !isExisting(backend, attribution, customer, null, now));
    }

    /**
     * Returns the latest time of a touch that counts for the customer; {@link Instant#MIN} for a customer from before the
     * cut-off.
     *
     * @param firstSignIn the customer's first sign-in before this one, or {@code null} if none is stored
     */
    Instant latestTouch(Customer customer, @Nullable Instant firstSignIn, Instant now) {
        Instant createdAt = customer.createdAt();
        Instant signedIn = firstSignIn == null ? now : firstSignIn;
        Instant since = createdAt == null ? signedIn : latest(createdAt);
        Instant cutOff = settings.cutOff();
        if (cutOff != null && since.isBefore(cutOff)) {
            return Instant.MIN;
        }
        Instant until = createdAt == null ? signedIn : since.plus(settings.createdAtTolerance());
        return signedIn.isBefore(until) ? signedIn : until;
    }

    /** Returns whether {@code createdAt} alone shows that the customer is older than any click from now on. */
    boolean isKnownForLaterClicks(Customer customer, Instant now) {
        Instant createdAt = customer.createdAt();
        return createdAt != null
                && latest(createdAt).plus(settings.createdAtTolerance()).isBefore(now);
    }

    /** Returns the end of the day for a midnight, because the value of a DATE column becomes one. */
    private static Instant latest(Instant createdAt) {
        boolean date = isMidnight(createdAt, ZoneOffset.UTC) || isMidnight(createdAt, ZoneId.systemDefault());
        return date ? createdAt.plus(Duration.ofDays(1)) : createdAt;
    }

    private static boolean isMidnight(Instant time, ZoneId zone) {
        long local = time.getEpochSecond() + zone.getRules().getOffset(time).getTotalSeconds();
        return time.getNano() == 0 && local % Duration.ofDays(1).toSeconds() == 0;
    }

    /** Returns the time of the click, or the beginning of the attribution window if the click has no time or an earlier one. */
    private static Instant clickedAt(TrackingBackend backend, Attribution attribution, Instant now) {
        Duration window = backend.captureRules().stream()
                .map(CaptureRule::window)
                .max(Comparator.naturalOrder())
                .orElse(CaptureRule.LONGEST_WINDOW);
        Instant earliest = now.minus(window);
        Instant clickedAt = attribution.clickedAt();
        return clickedAt == null || clickedAt.isBefore(earliest) ? earliest : clickedAt;
    }
}
