package io.reftrail;

import io.reftrail.model.CustomerField;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is a lead, and what is told of them.
 *
 * @param trigger what makes a customer a lead
 * @param include what is told of a customer besides the id
 * @param cutOff who was a customer before this instant is none that a partner has brought, whenever the click was; while it
 *     lies ahead, first sign-ins only teach the ledger who is there already. {@code null} if there is none. With
 *     {@link LeadTrigger#EVERY_SIGN_IN} the ledger is not asked, so it counts only for customers whose age is given
 */
public record LeadSettings(
        LeadTrigger trigger,
        Set<CustomerField> include,
        @Nullable Instant cutOff) {

    /** The first sign-in counts, the id and the e-mail address are told, and there is no cut-off. */
    public static final LeadSettings DEFAULT =
            new LeadSettings(LeadTrigger.FIRST_SIGN_IN, EnumSet.of(CustomerField.EMAIL), null);

    /** Copies the fields. */
    public LeadSettings {
        include = Set.copyOf(include);
    }

    /** Returns these settings with another trigger. */
    public LeadSettings withTrigger(LeadTrigger trigger) {
        return new LeadSettings(trigger, include, cutOff);
    }

    /** Returns these settings with other fields. */
    public LeadSettings withInclude(Set<CustomerField> include) {
        return new LeadSettings(trigger, include, cutOff);
    }

    /** Returns these settings with another cut-off. */
    public LeadSettings withCutOff(@Nullable Instant cutOff) {
        return new LeadSettings(trigger, include, cutOff);
    }
}
