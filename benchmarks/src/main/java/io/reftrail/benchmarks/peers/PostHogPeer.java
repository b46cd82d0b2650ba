package io.reftrail.benchmarks.peers;

import com.posthog.server.PostHog;
import com.posthog.server.PostHogCaptureOptions;
import com.posthog.server.PostHogConfig;
import com.posthog.server.PostHogInterface;
import java.net.URI;

/** PostHog's library with its defaults, but for room for more than 1,000 events and without feature flags. */
final class PostHogPeer implements Peer {

    private final PostHogInterface postHog;

    PostHogPeer(URI server, int room) {
        this.postHog = PostHog.with(new PostHogConfig.Builder("key")
                .host(server.toString())
                .maxQueueSize(room)
                .preloadFeatureFlags(false)
                .sendFeatureFlagEvent(false)
                .build());
    }

    @Override
    public void report(String customer) {
        postHog.capture(
                customer,
                "Sign Up",
                PostHogCaptureOptions.builder()
                        .property("clickId", "click-" + customer)
                        .property("customerEmail", customer + "@example.org")
                        .property("customerName", "Kim Example")
                        .build());
    }

    @Override
    public void flush() {
        postHog.flush();
    }

    @Override
    public void close() {
        postHog.flush();
        postHog.close();
    }
}
