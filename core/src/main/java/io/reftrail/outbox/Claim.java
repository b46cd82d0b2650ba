package io.reftrail.outbox;

import io.reftrail.model.Event;
import java.time.Duration;

/**
 * An event that a sender holds for a time.
 *
 * @param id the outbox's id of the event
 * @param leaseToken tells this claim from a later one of the same event
 * @param event what to send
 * @param attempts how often it was sent before
 * @param age how long ago it was enqueued
 */
public record Claim(String id, String leaseToken, Event event, int attempts, Duration age) {}
