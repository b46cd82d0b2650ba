package io.reftrail.backend.declared;

import io.reftrail.backend.internal.EmailAddress;
import io.reftrail.backend.internal.PictureAddress;
import io.reftrail.model.Event;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The formatters, which follow a bar in a placeholder. */
final class Formatters {

    /** The names of the formatters. */
    static final Set<String> NAMES = Set.of(
            "lowercase",
            "uppercase",
            "sha256",
            "email",
            "url",
            "path",
            "max",
            "cut",
            "map",
            "is",
            "nonzero",
            "number",
            "text",
            "iso-date",
            "epoch-seconds",
            "epoch-millis");

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,9})?");
    private static final int MAX_LENGTH = 100_000;

    private Formatters() {}

    /** Returns a value as one formatter writes it. */
    static Value apply(Place place, Placeholders placeholders, Value value, String step) {
        List<String> words = Arrays.asList(step.split("\\s+"));
        List<String> arguments = words.subList(1, words.size());
        return switch (words.get(0)) {
            case "iso-date" -> new Value.Text(time(place, value, Formatters::date));
            case "epoch-seconds" -> new Value.Numeric(time(place, value, time -> Long.toString(time.getEpochSecond())));
            case "epoch-millis" -> new Value.Numeric(time(place, value, time -> Long.toString(time.toEpochMilli())));
            case "is" -> new Value.Same(value, other(place, placeholders, arguments));
            case "nonzero" -> formatted(value, Formatters::nonzero, value.isNumber());
            case "number" -> formatted(value, Formatters::number, true);
            default -> formatted(value, text(place, words.get(0), arguments), false);
        };
    }

    /** A text that does not depend on the event is written once. */
    private static Value formatted(Value value, Value.Format format, boolean number) {
        if (number || !(value instanceof Value.Constant constant)) {
            return new Value.Formatted(value, format, number);
        }
        String text = constant.text();
        return new Value.Constant(text == null ? null : format.apply(text));
    }

    private static Value.Format text(Place place, String name, List<String> arguments) {
        return switch (name) {
            case "lowercase" -> text -> text.toLowerCase(Locale.ROOT);
            case "uppercase" -> text -> text.toUpperCase(Locale.ROOT);
            case "sha256" -> Formatters::sha256;
            case "email" -> EmailAddress::valid;
            case "url" -> PictureAddress::valid;
            case "path" -> LandingPath::of;
            case "text" -> text -> text;
            case "max" -> max(length(place, arguments));
            case "cut" -> cut(length(place, arguments));
            case "map" -> map(place, arguments);
            default -> throw place.invalid("there is no formatter '" + name + "'", Place.oneOf(NAMES));
        };
    }

    private static Function<Event, @Nullable String> time(Place place, Value value, Function<Instant, String> format) {
        if (!(value instanceof Value.Time time)) {
            throw place.invalid(
                    "only a time can have this format",
                    "Use it with {occurred-at} or {clicked-at}, before other formatters.");
        }
        return event -> {
            Instant instant = time.source().apply(event);
            return instant == null ? null : format.apply(instant);
        };
    }

    private static String date(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
    }

    private static Value other(Place place, Placeholders placeholders, List<String> arguments) {
        place.expect(arguments.size() == 1, "'is' needs one name", "Write for example 'is setting.currency'.");
        return placeholders.named(place, arguments.get(0));
    }

    private static @Nullable String nonzero(String text) {
        return NUMBER.matcher(text).matches() && new BigDecimal(text).signum() == 0 ? null : text;
    }

    private static @Nullable String number(String text) {
        return NUMBER.matcher(text).matches() ? text : null;
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private static int length(Place place, List<String> arguments) {
        String length = arguments.size() == 1 ? arguments.get(0) : "";
        place.expect(length.matches("[1-9][0-9]{0,4}"), "a length is missing", "Write for example 'max 255'.");
        return Math.min(Integer.parseInt(length), MAX_LENGTH);
    }

    private static Value.Format max(int length) {
        return text -> text.length() > length ? null : text;
    }

    /** Never cuts a character in two. */
    private static Value.Format cut(int length) {
        return text -> {
            if (text.length() <= length) {
                return text;
            }
            int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
            return end == 0 ? null : text.substring(0, end);
        };
    }

    private static Value.Format map(Place place, List<String> arguments) {
        Map<String, String> words = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            place.expect(
                    equals > 0 && equals < argument.length() - 1,
                    "'" + argument + "' is not a pair",
                    "Write for example 'map month=monthly year=annual *=other'.");
            words.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        place.expect(!words.isEmpty(), "'map' has no pairs", "Write for example 'map month=monthly year=annual'.");
        String otherwise = words.get("*");
        return text -> {
            String word = words.get(text);
            return word == null ? otherwise : word;
        };
    }
}
