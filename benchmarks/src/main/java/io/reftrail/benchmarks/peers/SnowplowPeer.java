package io.reftrail.benchmarks.peers;

import com.snowplowanalytics.snowplow.tracker.Snowplow;
import com.snowplowanalytics.snowplow.tracker.Tracker;
import com.snowplowanalytics.snowplow.tracker.configuration.EmitterConfiguration;
import com.snowplowanalytics.snowplow.tracker.configuration.NetworkConfiguration;
import com.snowplowanalytics.snowplow.tracker.configuration.TrackerConfiguration;
import com.snowplowanalytics.snowplow.tracker.events.SelfDescribing;
import com.snowplowanalytics.snowplow.tracker.payload.SelfDescribingJson;
import java.net.URI;
import java.util.Map;

/** Snowplow's tracker with its defaults, but for room for more than 10,000 events, and text in place of base 64. */
final class SnowplowPeer implements Peer {

    private final Tracker tracker;

    SnowplowPeer(URI server, int room) {
        this.tracker = Snowplow.createTracker(
                new TrackerConfiguration("reftrail", "benchmarks").base64Encoded(false),
                new NetworkConfiguration(server.toString()),
                new EmitterConfiguration().bufferCapacity(room));
    }

    @Override
    public void report(String customer) {
        tracker.track(SelfDescribing.builder()
                .eventData(new SelfDescribingJson(
                        "iglu:example/sign_up/jsonschema/1-0-0",
                        Map.of(
                                "clickId",
                                "click-" + customer,
                                "customerExternalId",
                                customer,
                                "customerEmail",
                                customer + "@example.org",
                                "customerName",
                                "Kim Example")))
                .build());
    }

    @Override
    public void flush() {
        tracker.getEmitter().flushBuffer();
    }

    @Override
    public void close() {
        tracker.close();
    }
}
