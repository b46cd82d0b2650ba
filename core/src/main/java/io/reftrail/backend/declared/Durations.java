package io.reftrail.backend.declared;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The spans of time in a declaration: a number and {@code s}, {@code m}, {@code h} or {@code d}. */
final class Durations {

    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    private Durations() {}

    static Duration of(Place place) {
        return of(place, place.text());
    }

    static Duration of(Place place, String text) {
        Matcher span = SPAN.matcher(text);
        place.expect(span.matches(), "'" + text + "' is no span of time", "Write for example '30s', '12h' or '60d'.");
        long number = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
