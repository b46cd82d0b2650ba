package io.reftrail;

import io.reftrail.model.Customer;
import io.reftrail.model.CustomerField;
import io.reftrail.model.InvalidSettingException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of leads: which customers are reported, and which of their fields are sent.
 *
 * @param trigger the event that makes a customer a lead
 * @param include the fields that are sent besides the customer's id
 * @param cutOff customers from before this instant are not reported, whenever the click was; until a cut-off in the future, first
 *     sign-ins are remembered and not reported as leads. {@code null} if there is none. With {@link LeadTrigger#EVERY_SIGN_IN} it
 *     applies only to customers with {@link Customer#createdAt()}
 * @param createdAtTolerance how much older than the click {@link Customer#createdAt()} may be for a customer who counts as new;
 *     covers clocks and time zones that differ. Not negative
 * @param unknownAge what happens with a customer without {@link Customer#createdAt()} who signs in with a click while neither
 *     existing customers have been {@linkplain Reftrail#seed seeded} nor a cut-off is set; only for
 *     {@link LeadTrigger#FIRST_SIGN_IN}
 */
public record LeadSettings(
        LeadTrigger trigger,
        Set<CustomerField> include,
        @Nullable Instant cutOff,
        Duration createdAtTolerance,
        UnknownAge unknownAge) {

    /** The treatment of a customer whose age is unknown. */
    public enum UnknownAge {
        /** The customer is reported: the application has no customers from before Reftrail was installed. */
        REPORT,
        /** The customer is not reported and keeps the cookie, so that a later sign-in can be reported. */
        HOLD
    }

    /**
     * The first sign-in counts, the id and the e-mail address are sent, there is no cut-off, the tolerance is an hour, and
     * customers of unknown age are reported.
     */
    public static final LeadSettings DEFAULT = new LeadSettings(
            LeadTrigger.FIRST_SIGN_IN, EnumSet.of(CustomerField.EMAIL), null, Duration.ofHours(1), UnknownAge.REPORT);

    /**
     * Copies the fields.
     *
     * @throws InvalidSettingException if the tolerance is negative
     */
    public LeadSettings {
        include = Set.copyOf(include);
        if (createdAtTolerance.isNegative()) {
            throw new InvalidSettingException(
                    "lead.created-at-tolerance",
                    "the tolerance is negative",
                    "Write a duration such as '1h', or '0s' for none.",
                    "lead.created-at-tolerance=1h");
        }
    }

    /** Returns these settings with another trigger. */
    public LeadSettings withTrigger(LeadTrigger trigger) {
        return new LeadSettings(trigger, include, cutOff, createdAtTolerance, unknownAge);
    }

    /** Returns these settings with other fields. */
    public LeadSettings withInclude(Set<CustomerField> include) {
        return new LeadSettings(trigger, include, cutOff, createdAtTolerance, unknownAge);
    }

    /** Returns these settings with another cut-off. */
    public LeadSettings withCutOff(@Nullable Instant cutOff) {
        return new LeadSettings(trigger, include, cutOff, createdAtTolerance, unknownAge);
    }

    /** Returns these settings with another tolerance. */
    public LeadSettings withCreatedAtTolerance(Duration createdAtTolerance) {
        return new LeadSettings(trigger, include, cutOff, createdAtTolerance, unknownAge);
    }

    /** Returns these settings with another treatment of customers whose age is unknown. */
    public LeadSettings withUnknownAge(UnknownAge unknownAge) {
        return new LeadSettings(trigger, include, cutOff, createdAtTolerance, unknownAge);
    }
}
