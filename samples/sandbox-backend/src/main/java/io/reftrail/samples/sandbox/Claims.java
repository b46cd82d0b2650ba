package io.reftrail.samples.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keys that a vendor accepts once within some time, each with a text that is returned for a repetition. */
@Component
final class Claims {

    private final JdbcClient jdbc;

    Claims(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes a key, or returns the word that was stored when it was taken before. */
    synchronized Optional<String> take(String vendor, String key, Duration window, String word) {
        Instant now = Instant.now();
        Optional<String> earlier = find(vendor, key, now.minus(window));
        if (earlier.isEmpty()) {
            jdbc.sql("insert into claims (vendor, claim, word, at) values (?, ?, ?, ?)")
                    .params(vendor, key, word, now)
                    .update();
        }
        return earlier;
    }

    /** Returns the word that was stored with a key. */
    Optional<String> find(String vendor, String key, Duration window) {
        return find(vendor, key, Instant.now().minus(window));
    }

    private Optional<String> find(String vendor, String key, Instant since) {
        return jdbc.sql("select word from claims where vendor = ? and claim = ? and at > ? order by at limit 1")
                .params(vendor, key, since)
                .query(String.class)
                .optional();
    }
}
