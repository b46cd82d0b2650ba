package io.reftrail.samples.sandbox.stripe;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of the account; defaults are in {@code sandbox.properties}.
 *
 * @param apiKey what the application's calls carry
 * @param webhookUrls the application's addresses, each of which receives each event; on this machine only
 * @param webhookSecret what deliveries are signed with
 * @param retry the time before the second attempt of a delivery, which then doubles up to half a minute
 * @param attempts how often a delivery is tried
 * @param taxPercent the tax that a checkout with {@code automatic_tax} collects
 */
@ConfigurationProperties("sandbox.stripe")
record StripeSettings(
        String apiKey, List<URI> webhookUrls, String webhookSecret, Duration retry, int attempts, int taxPercent) {}
