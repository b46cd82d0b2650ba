package io.reftrail.backend.declared;

import io.reftrail.model.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with placeholders, for example <code>ref-{customer.id | sha256}</code>. It is absent if one of its placeholders
 * is.
 */
final class Template {

    private final List<Part> parts;
    private final Encoding encoding;
    private final @Nullable String fixed;

    private sealed interface Part {}

    /** The text between placeholders, already encoded. */
    private record Literal(String text) implements Part {}

    private record Hole(Value value) implements Part {}

    private Template(List<Part> parts, Encoding encoding) {
        this.parts = List.copyOf(parts);
        this.encoding = encoding;
        this.fixed = fix();
    }

    /** Returns the template of a text. */
    static Template of(Place place, Placeholders placeholders, Encoding encoding) {
        return of(place, place.text(), placeholders, encoding);
    }

    static Template of(Place place, String text, Placeholders placeholders, Encoding encoding) {
        List<Part> parts = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int open = text.indexOf('{', start);
            int end = open < 0 ? text.length() : open;
            if (end > start) {
                parts.add(literal(place, text.substring(start, end), encoding));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            place.expect(close > 0, "a placeholder has no end", "Close it with }.");
            parts.add(new Hole(placeholders.value(place, text.substring(open + 1, close))));
            start = close + 1;
        }
        return new Template(parts, encoding);
    }

    private static Part literal(Place place, String text, Encoding encoding) {
        place.expect(
                (text.indexOf('\r') < 0 && text.indexOf('\n') < 0) || encoding != Encoding.HEADER,
                "a header has a line break",
                "Write it in one line.");
        StringBuilder out = new StringBuilder();
        if (encoding == Encoding.PATH || encoding == Encoding.HEADER) {
            out.append(text);
        } else {
            encoding.append(out, text);
        }
        return new Literal(out.toString());
    }

    private @Nullable String fix() {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Literal literal) {
                out.append(literal.text());
            } else if (!(part instanceof Hole hole
                    && hole.value() instanceof Value.Constant constant
                    && constant.text() != null
                    && encoding.append(out, constant.text()))) {
                return null;
            }
        }
        return out.toString();
    }

    /** Returns the text, encoded, if it is the same for each event. */
    @Nullable
    String fixed() {
        return fixed;
    }

    /** Returns whether the text is absent for every event, because a setting is not set. */
    boolean isNever() {
        return parts.stream()
                .anyMatch(part -> part instanceof Hole hole
                        && hole.value() instanceof Value.Constant constant
                        && constant.text() == null);
    }

    /** Returns the value, if the template is one placeholder and nothing else. */
    @Nullable
    Value single() {
        return parts.size() == 1 && parts.get(0) instanceof Hole hole ? hole.value() : null;
    }

    /** Appends the text of an event. If it is absent, returns false and may leave a part of it. */
    boolean append(StringBuilder out, Event event) {
        if (fixed != null) {
            out.append(fixed);
            return true;
        }
        for (Part part : parts) {
            if (part instanceof Literal literal) {
                out.append(literal.text());
                continue;
            }
            String text = ((Hole) part).value().of(event);
            if (text == null || !encoding.append(out, text)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the text of an event, or {@code null} if it is absent. */
    @Nullable
    String text(Event event) {
        if (fixed != null) {
            return fixed;
        }
        StringBuilder out = new StringBuilder();
        return append(out, event) ? out.toString() : null;
    }
}
