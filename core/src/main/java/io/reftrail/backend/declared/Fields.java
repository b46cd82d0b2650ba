package io.reftrail.backend.declared;

import io.reftrail.model.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Named templates: a query, a form, or headers. Absent values are left out. */
record Fields(List<Field> fields) {

    static final Fields NONE = new Fields(List.of());

    /** RFC 9110, section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** The headers that the transport or {@code authentication} sets. */
    private static final Set<String> TRANSPORTS_OWN = Set.of(
            "accept",
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "cookie",
            "expect",
            "host",
            "te",
            "transfer-encoding",
            "upgrade");

    /** A name, encoded as its values are. */
    record Field(String name, Template value) {}

    /** Returns the fields of a query or a form. */
    static Fields of(Place place, Placeholders placeholders, Encoding encoding) {
        List<Field> fields = new ArrayList<>();
        for (Place field : place.fields()) {
            StringBuilder name = new StringBuilder();
            encoding.append(name, field.key());
            fields.add(new Field(name.toString(), template(field, placeholders, encoding)));
        }
        return new Fields(List.copyOf(fields));
    }

    /** Numbers and flags may be written without quotes. */
    private static Template template(Place field, Placeholders placeholders, Encoding encoding) {
        boolean scalar = field.node().isNumber() || field.node().isBoolean();
        String text = scalar ? field.node().asString() : field.text();
        return Template.of(field, text, placeholders, encoding);
    }

    /** Returns headers. */
    static Fields headers(Place place, Placeholders placeholders) {
        List<Field> fields = new ArrayList<>();
        for (Place field : place.fields()) {
            fields.add(header(field, field.key(), field, placeholders));
        }
        return new Fields(List.copyOf(fields));
    }

    /** Returns one header. */
    static Field header(Place place, String name, Place value, Placeholders placeholders) {
        place.expect(
                TOKEN.matcher(name).matches(),
                "'" + name.strip() + "' is not the name of a header",
                "Write letters, digits and hyphens.");
        place.expect(
                !TRANSPORTS_OWN.contains(name.toLowerCase(java.util.Locale.ROOT)),
                "the header '" + name + "' is set by the transport or by 'authentication'",
                "Leave it out.");
        return new Field(name, Template.of(value, placeholders.withSecrets(), Encoding.HEADER));
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /** Returns whether they are the same for each event. */
    boolean areFixed() {
        return fields.stream()
                .allMatch(
                        field -> field.value().fixed() != null || field.value().isNever());
    }

    /** Appends them as pairs, separated by ampersands. */
    void append(StringBuilder out, Event event) {
        append(out, event, "");
    }

    /** Appends them as pairs: the first one after the mark, the others after an ampersand. */
    void append(StringBuilder out, Event event, String mark) {
        String before = mark;
        for (Field field : fields) {
            int length = out.length();
            if (field.value().append(out.append(before).append(field.name()).append('='), event)) {
                before = "&";
            } else {
                out.setLength(length);
            }
        }
    }

    /** Returns them by name. */
    Map<String, String> map(Event event) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Field field : fields) {
            String value = field.value().text(event);
            if (value != null) {
                map.put(field.name(), value);
            }
        }
        return map;
    }

    /** Returns those that are the same for each event. */
    Map<String, String> fixed() {
        Map<String, String> map = new TreeMap<>();
        for (Field field : fields) {
            String value = field.value().fixed();
            if (value != null) {
                map.put(field.name(), value);
            }
        }
        return map;
    }
}
