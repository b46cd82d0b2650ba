package io.reftrail.backend.declared;

import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Sale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A body of JSON: an object whose texts are templates. Absent values are left out, and so are objects and lists that are empty
 * without them.
 */
sealed interface JsonBody {

    /** The text that stands for all metadata of a lead or a sale. */
    String METADATA = "{metadata}";

    /** Appends the value. If it is absent, returns false and may leave a part of it. */
    boolean append(StringBuilder out, Event event);

    /** Returns the body that a declaration writes. */
    static JsonBody of(Place place, Placeholders placeholders, Event.Type type) {
        place.expect(place.node().isObject(), "a body is an object", "Write an object in braces.");
        return part(place, placeholders, type);
    }

    private static JsonBody part(Place place, Placeholders placeholders, Event.Type type) {
        JsonNode node = place.node();
        if (node.isObject()) {
            List<Member> members = new ArrayList<>();
            for (Place field : place.fields()) {
                members.add(new Member(quoted(field.key()) + ":", part(field, placeholders, type)));
            }
            return new Members(members);
        }
        if (node.isArray()) {
            return new Elements(place.elements().stream()
                    .map(element -> part(element, placeholders, type))
                    .toList());
        }
        if (!node.isString()) {
            return new Fixed(node.toString());
        }
        if (node.stringValue().equals(METADATA)) {
            place.expect(
                    type == Event.Type.LEAD || type == Event.Type.SALE,
                    "only leads and sales have metadata",
                    "Leave the field out.");
            return new Metadata();
        }
        return text(place, placeholders);
    }

    private static JsonBody text(Place place, Placeholders placeholders) {
        if (place.node().stringValue().isEmpty()) {
            return new Fixed("\"\"");
        }
        Template template = Template.of(place, placeholders, Encoding.JSON);
        Value single = template.single();
        if (single != null && single.isNumber()) {
            return new Numeric(single);
        }
        String fixed = template.fixed();
        return fixed == null ? new Text(template) : new Fixed("\"" + fixed + "\"");
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        Encoding.JSON.append(out, text);
        return out.append('"').toString();
    }

    /** A value that is the same for each event. */
    record Fixed(String json) implements JsonBody {

        @Override
        public boolean append(StringBuilder out, Event event) {
            out.append(json);
            return true;
        }
    }

    /** A string. */
    record Text(Template template) implements JsonBody {

        @Override
        public boolean append(StringBuilder out, Event event) {
            out.append('"');
            boolean there = template.append(out, event);
            out.append('"');
            return there;
        }
    }

    /** A number. */
    record Numeric(Value value) implements JsonBody {

        @Override
        public boolean append(StringBuilder out, Event event) {
            String number = value.of(event);
            out.append(number);
            return number != null;
        }
    }

    /** The metadata of a lead or a sale as an object of strings. */
    record Metadata() implements JsonBody {

        @Override
        public boolean append(StringBuilder out, Event event) {
            Map<String, String> metadata = metadata(event);
            out.append('{');
            String comma = "";
            for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
                out.append(comma).append(quoted(entry.getKey())).append(':').append(quoted(entry.getValue()));
                comma = ",";
            }
            out.append('}');
            return !metadata.isEmpty();
        }

        private static Map<String, String> metadata(Event event) {
            if (event instanceof Lead lead) {
                return lead.metadata();
            }
            return event instanceof Sale sale ? sale.payment().metadata() : Map.of();
        }
    }

    /** A field, its name quoted and with a colon. */
    record Member(String name, JsonBody value) {}

    /** An object. */
    record Members(List<Member> members) implements JsonBody {

        /** Copies the list. */
        public Members {
            members = List.copyOf(members);
        }

        @Override
        public boolean append(StringBuilder out, Event event) {
            out.append('{');
            boolean any = false;
            for (Member member : members) {
                int before = out.length();
                if (any) {
                    out.append(',');
                }
                if (member.value().append(out.append(member.name()), event)) {
                    any = true;
                } else {
                    out.setLength(before);
                }
            }
            out.append('}');
            return any;
        }
    }

    /** A list. */
    record Elements(List<JsonBody> elements) implements JsonBody {

        @Override
        public boolean append(StringBuilder out, Event event) {
            out.append('[');
            boolean any = false;
            for (JsonBody element : elements) {
                int before = out.length();
                if (any) {
                    out.append(',');
                }
                if (element.append(out, event)) {
                    any = true;
                } else {
                    out.setLength(before);
                }
            }
            out.append(']');
            return any;
        }
    }
}
