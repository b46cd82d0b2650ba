package io.reftrail.test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The vendors that a test knows, by their backend's name. Thread-safe. */
final class Vendors {

    private final Map<String, Vendor> vendors = new ConcurrentHashMap<>();
    private final Consumer<String> resume;

    /** @param resume ends the pause of a backend's queue */
    Vendors(Consumer<String> resume) {
        this.resume = resume;
    }

    Vendor named(String backend) {
        return vendors.computeIfAbsent(backend, name -> new Vendor(name, () -> resume.accept(name)));
    }

    /** All answer again as they do by themselves. */
    void reset() {
        vendors.clear();
    }
}
