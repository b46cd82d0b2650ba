package io.reftrail.test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The vendors of a test, by the name of their backend. Thread-safe. */
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

    /** Restores the default answers of all vendors. */
    void reset() {
        vendors.clear();
    }
}
