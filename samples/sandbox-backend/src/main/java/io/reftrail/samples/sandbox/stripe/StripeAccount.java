package io.reftrail.samples.sandbox.stripe;

import io.reftrail.samples.sandbox.stripe.PaymentObserver.Payment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Stripe account in memory. An action, such as a payment, changes the account's objects and publishes the events that Stripe
 * documents for it, with the objects as they are at that moment. Thread-safe: one action after the other.
 */
@Component
public final class StripeAccount {

    private final StripeObjects objects;
    private final Webhooks webhooks;
    private final List<PaymentObserver> observers;
    private final List<Runnable> clearing = new ArrayList<>();
    private final List<ObjectNode> events = new ArrayList<>();
    private final List<Payment> payments = new ArrayList<>();

    StripeAccount(StripeObjects objects, Webhooks webhooks, List<PaymentObserver> observers) {
        this.objects = objects;
        this.webhooks = webhooks;
        this.observers = observers;
    }

    /** Adds something to clear when the account is emptied. */
    void whenEmptied(Runnable clear) {
        clearing.add(clear);
    }

    /** Lets observers know of a payment of the action that runs, after it. */
    void announce(Payment payment) {
        payments.add(payment);
    }

    /** Runs one action, and delivers its events. A refused action publishes nothing. */
    <T> T act(Supplier<T> action) {
        List<Payment> heard;
        T result;
        synchronized (this) {
            events.clear();
            payments.clear();
            result = action.get();
            webhooks.publish(List.copyOf(events));
            heard = List.copyOf(payments);
        }
        for (Payment payment : heard) {
            observers.forEach(observer -> observer.paid(payment));
        }
        return result;
    }

    /** Records an event of the action that runs, with the object as it is now. */
    void emit(String type, ObjectNode object) {
        emit(type, object, null);
    }

    /**
     * Records an event of the action that runs.
     *
     * @param previous the members that have changed, as they were before
     */
    void emit(String type, ObjectNode object, @Nullable ObjectNode previous) {
        ObjectNode event = objects.create("event").put("type", type);
        ObjectNode data = event.putObject("data");
        data.set("object", object.deepCopy());
        if (previous != null) {
            data.set("previous_attributes", previous);
        }
        events.add(objects.keep(event));
    }

    /** Forgets everything. */
    public synchronized void empty() {
        objects.clear();
        clearing.forEach(Runnable::run);
        webhooks.clear();
    }

    /** Returns the events that are held and not to be delivered any more, and forgets them. */
    synchronized List<ObjectNode> takeHeldEvents() {
        List<ObjectNode> taken = webhooks.take();
        taken.forEach(objects::forget);
        return taken;
    }

    /** Reads the account's objects, while nothing happens in it. */
    synchronized <T> T read(Function<StripeObjects, T> reader) {
        return reader.apply(objects);
    }
}
