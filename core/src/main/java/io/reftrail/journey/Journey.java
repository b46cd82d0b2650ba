package io.reftrail.journey;

import java.io.Serializable;
import java.util.List;

/**
 * The history of one customer: the touches before the sign-up, and the conversions since.
 *
 * @param customerId the application's id of the customer
 * @param touches the touches that count, in order of time
 * @param replaced touches of partners that a correction by hand has replaced; they no longer count
 * @param conversions the sign-up, payments and refunds, in order of time
 * @param corrections the corrections by hand, in the order in which they were made
 */
public record Journey(
        String customerId,
        List<Touch> touches,
        List<Touch> replaced,
        List<Conversion> conversions,
        List<Correction> corrections)
        implements Serializable {

    /** Copies the lists. */
    public Journey {
        touches = List.copyOf(touches);
        replaced = List.copyOf(replaced);
        conversions = List.copyOf(conversions);
        corrections = List.copyOf(corrections);
    }

    /** Returns a description without the customer's id. */
    @Override
    public String toString() {
        return "Journey[touches=" + touches.size() + ", conversions=" + conversions.size() + "]";
    }
}
