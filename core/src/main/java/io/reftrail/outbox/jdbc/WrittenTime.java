package io.reftrail.outbox.jdbc;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The text of a time in UTC, as databases without a type for instants have it in their columns: {@code 2026-03-01 10:15:30.000}. */
final class WrittenTime {

    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private WrittenTime() {}

    static String format(Instant time) {
        return TEXT.format(time);
    }

    /** Reads any number of decimals, because drivers leave zeros out. */
    static Instant parse(String text) {
        return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    }
}
