package io.reftrail.backend;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code HTTP-date} in its three formats, all of which a recipient has to take (RFC 9110, section 5.6.7). */
final class HttpDate {

    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    /**
     * Returns the time, or {@code null} if the text is no date.
     *
     * @param now a year of two digits is no more than 50 years later
     */
    static @Nullable Instant parse(String text, Instant now) {
        try {
            return format(text, now).parse(text, Instant::from);
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    /** Of the three, one has a comma and hyphens, and one has no comma. */
    private static DateTimeFormatter format(String text, Instant now) {
        int comma = text.indexOf(',');
        if (comma < 0) {
            return ASCTIME;
        }
        return text.indexOf('-', comma) < 0 ? DateTimeFormatter.RFC_1123_DATE_TIME : rfc850(now);
    }

    private static DateTimeFormatter rfc850(Instant now) {
        LocalDate earliest = now.atZone(ZoneOffset.UTC).toLocalDate().minusYears(49);
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
    }
}
