package io.reftrail.benchmarks.chaos;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All that has reached the backend, the newest last. */
final class Feed {

    private final List<JsonNode> calls;

    private Feed(List<JsonNode> calls) {
        this.calls = calls;
    }

    static Feed parse(String json) {
        return new Feed(JsonMapper.shared().readTree(json).valueStream().toList());
    }

    /** The calls to a vendor that named a customer. */
    List<BackendCall> ofCustomers(Vendor vendor) {
        return calls.stream()
                .filter(call -> is(call, "vendor", vendor.backend()))
                .filter(call -> call.path("customer").isString())
                .map(Feed::call)
                .toList();
    }

    /** How many clicks a vendor has recorded. */
    long clicks(Vendor vendor) {
        return calls.stream()
                .filter(call -> is(call, "vendor", vendor.backend()))
                .filter(call -> is(call, "kind", "click") && is(call, "verdict", "recorded"))
                .count();
    }

    private static boolean is(JsonNode call, String field, String value) {
        return call.path(field).isString() && call.path(field).stringValue().equals(value);
    }

    private static BackendCall call(JsonNode call) {
        JsonNode partner = call.path("partner");
        return new BackendCall(
                call.path("customer").stringValue(),
                partner.isString() ? partner.stringValue() : "nobody",
                call.path("verdict").stringValue(),
                Instant.parse(call.path("at").stringValue()));
    }
}
