package io.reftrail.outbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.reftrail.model.Event;
import java.nio.charset.StandardCharsets;

/** A row of the outbox as it came, its attribution on the first line: an event, or the exception that is promised. */
class StoredEventsFuzzTests {

    private final StoredEvents stored = new StoredEvents();

    @FuzzTest
    void isAnEventOrNone(byte[] input) {
        String[] columns = new String(input, StandardCharsets.UTF_8).split("\n", 2);
        Event event;
        try {
            event = stored.event("introw", columns[0], columns.length > 1 ? columns[1] : "");
        } catch (IllegalArgumentException notOurs) {
            assertThat(notOurs).hasMessage(notOurs.getMessage());
            return;
        }
        String attribution = stored.write(event.attribution());
        String payload = stored.write(event);
        assertThat(stored.event("introw", attribution, payload)).isEqualTo(event);
    }
}
