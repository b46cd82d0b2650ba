package io.reftrail.benchmarks.peers;

import com.segment.analytics.Analytics;
import com.segment.analytics.messages.TrackMessage;
import java.net.URI;
import java.util.Map;

/** Segment's library with its defaults: batches of 250, a queue without an end, ten seconds between flushes. */
final class SegmentPeer implements Peer {

    private final Analytics analytics;

    SegmentPeer(URI server) {
        this.analytics = Analytics.builder("key").endpoint(withoutSlash(server)).build();
    }

    /** The library puts its path behind what it is given, with a slash of its own; servers refuse two. */
    private static String withoutSlash(URI server) {
        return server.toString().replaceFirst("/$", "");
    }

    @Override
    public void report(String customer) {
        analytics.enqueue(TrackMessage.builder("Sign Up")
                .userId(customer)
                .properties(Map.of(
                        "clickId",
                        "click-" + customer,
                        "customerEmail",
                        customer + "@example.org",
                        "customerName",
                        "Kim Example")));
    }

    @Override
    public void flush() {
        analytics.flush();
    }

    @Override
    public void close() {
        analytics.flush();
        analytics.shutdown();
    }
}
