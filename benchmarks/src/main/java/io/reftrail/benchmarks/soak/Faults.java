package io.reftrail.benchmarks.soak;

import io.reftrail.benchmarks.Sandbox;
import java.io.IOException;
import java.util.List;

/** What goes wrong at the backends, one fault after the other, at all vendors. Not thread-safe. */
final class Faults {

    private static final List<String> ORDERS = List.of(
            "{\"kind\":\"status\",\"status\":500,\"count\":10}",
            "{\"kind\":\"hang\",\"seconds\":4,\"count\":5}",
            "{\"kind\":\"reset\",\"count\":10}",
            "{\"kind\":\"status\",\"status\":429,\"retryAfter\":\"1\",\"count\":3}",
            "{\"kind\":\"html\",\"count\":5}",
            "{\"kind\":\"status\",\"status\":503,\"count\":5}");

    private final Sandbox sandbox;
    private int ordered;

    Faults(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    void next() throws IOException, InterruptedException {
        sandbox.order(ORDERS.get(ordered++ % ORDERS.size()));
    }

    int ordered() {
        return ordered;
    }
}
