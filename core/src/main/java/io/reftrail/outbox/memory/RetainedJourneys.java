package io.reftrail.outbox.memory;

import io.reftrail.journey.Conversion;
import io.reftrail.journey.Correction;
import io.reftrail.journey.Journey;
import io.reftrail.journey.Touch;
import io.reftrail.outbox.JourneyStore;
import io.reftrail.outbox.OutboxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The journeys of the customers who signed up last, in memory. Thread-safe. */
final class RetainedJourneys implements JourneyStore {

    private final Map<String, Journey> journeys;

    /** @param capacity the number of journeys that are kept */
    RetainedJourneys(int capacity) {
        this.journeys = new RetainedEvents.Latest<>(capacity);
    }

    private static String required(String id) {
        if (id.length() > LONGEST_ID) {
            throw new OutboxException("an id is longer than " + LONGEST_ID + " characters");
        }
        return id;
    }

    @Override
    public synchronized boolean open(String customerId, List<Touch> touches, Conversion signUp) {
        Journey before = journeys.get(required(customerId));
        if (before != null && hasTouches(before)) {
            return false;
        }
        List<Correction> corrections = before == null ? List.of() : before.corrections();
        journeys.put(customerId, new Journey(customerId, touches, List.of(), List.of(signUp), corrections));
        return true;
    }

    private static boolean hasTouches(Journey journey) {
        return !journey.touches().isEmpty() || !journey.replaced().isEmpty();
    }

    @Override
    public synchronized boolean add(String customerId, Conversion conversion) {
        Journey journey = journeys.get(customerId);
        required(conversion.id());
        if (journey == null
                || !hasTouches(journey)
                || journey.conversions().stream()
                        .anyMatch(known ->
                                known.kind() == conversion.kind() && known.id().equals(conversion.id()))) {
            return false;
        }
        List<Conversion> conversions = new ArrayList<>(journey.conversions());
        conversions.add(conversion);
        conversions.sort(Comparator.comparing(Conversion::time));
        journeys.put(
                customerId,
                new Journey(customerId, journey.touches(), journey.replaced(), conversions, journey.corrections()));
        return true;
    }

    @Override
    public synchronized @Nullable Journey find(String customerId) {
        return journeys.get(customerId);
    }

    @Override
    public synchronized void correct(String customerId, Correction correction, @Nullable Touch touch) {
        Journey before = journeys.getOrDefault(
                required(customerId), new Journey(customerId, List.of(), List.of(), List.of(), List.of()));
        List<Touch> touches = new ArrayList<>();
        List<Touch> replaced = new ArrayList<>(before.replaced());
        before.touches().forEach(one -> (one.partner() == null ? touches : replaced).add(one));
        if (touch != null) {
            touches.add(touch);
        }
        List<Correction> corrections = new ArrayList<>(before.corrections());
        corrections.add(correction);
        journeys.put(customerId, new Journey(customerId, touches, replaced, before.conversions(), corrections));
    }

    synchronized int forget(String customerId) {
        return journeys.remove(customerId) == null ? 0 : 1;
    }
}
