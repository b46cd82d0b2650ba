package io.reftrail.backend.declared;

import io.reftrail.backend.HttpReply;
import io.reftrail.backend.RetryAfter;
import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One row of a call's answers: the replies that it applies to, and what they mean.
 *
 * @param statuses the status codes; one digit for a whole class, as 2 for 2xx
 * @param body what the body must be
 * @param at where to look in the body, or {@code null} for nowhere
 * @param condition what must be there
 * @param outcome what the reply means
 * @param learn the details that the reply teaches, by name; the row applies only to a reply that has all of them
 * @param sample a body that the row applies to
 * @param place the position of the row in the declaration
 */
record Answer(
        Set<Integer> statuses,
        Body body,
        @Nullable JsonPointer at,
        Condition condition,
        Outcome outcome,
        Map<String, JsonPointer> learn,
        String sample,
        Place place) {

    static final Set<String> KEYS =
            Set.of("status", "body", "at", "is", "contains", "exists", "outcome", "reason", "pause", "learn", "note");

    /** The name under which the click id is learnt. */
    static final String CLICK_ID = "click-id";

    private static final Set<String> OUTCOMES =
            Set.of("recorded", "duplicate", "ignored", "rejected", "retry", "pause", "credentials");
    private static final Set<String> RESERVED =
            Set.of(Attribution.WINDOW, Attribution.COOKIE, Attribution.CODE, Attribution.GIVEN);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration CREDENTIALS_PAUSE = Duration.ofMinutes(5);
    private static final Pattern REASON = Pattern.compile("[ -~]{1,180}");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int MAX_ID_LENGTH = 512;
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1," + MAX_ID_LENGTH + "}");

    /** The kind of body that a reply must have for a row to apply. */
    enum Body {
        /** A JSON object. */
        OBJECT,
        /** Nothing. */
        EMPTY,
        /** Any content. */
        ANY
    }

    /** The condition on the value at a row's pointer. */
    @FunctionalInterface
    interface Condition {
        boolean holds(JsonNode found);
    }

    /** Returns a row. */
    static Answer of(Place place, Event.Type type) {
        place.only(KEYS);
        Set<Integer> statuses = statuses(place.get("status"));
        Place bodyPlace = place.find("body");
        Body body = bodyPlace == null
                ? Body.OBJECT
                : Body.valueOf(bodyPlace.word(Set.of("object", "empty", "any")).toUpperCase(Locale.ROOT));
        Place at = place.find("at");
        place.expect(
                body == Body.OBJECT || at == null,
                "a body that is no object has nothing to look at",
                "Remove 'at', or 'body'.");
        place.expect(
                body == Body.OBJECT || statuses.stream().allMatch(status -> first(status) == 2),
                "only a success may be understood without a body",
                "Without a JSON object a refusal is not the vendor's own: remove 'body'.");
        Outcome outcome = outcome(place, statuses);
        Map<String, JsonPointer> learn = learn(place, type, outcome);
        return new Answer(
                statuses,
                body,
                at == null ? null : pointer(at),
                condition(place, at),
                outcome,
                learn,
                sample(place, at, learn),
                place);
    }

    private static Set<Integer> statuses(Place place) {
        List<Place> listed = place.node().isArray() ? place.elements() : List.of(place);
        Set<Integer> statuses = new java.util.TreeSet<>();
        for (Place status : listed) {
            if (status.node().isString() && status.text().matches("[2-5]xx")) {
                statuses.add(status.text().charAt(0) - '0');
            } else {
                statuses.add(status.number(200, 599));
            }
        }
        place.expect(!statuses.isEmpty(), "no status is named", "Write for example 200, or \"4xx\".");
        place.expect(
                statuses.stream().noneMatch(status -> first(status) == 3),
                "redirects are not followed and mean nothing",
                "Write a status from 200 to 299, or from 400 on.");
        return Set.copyOf(statuses);
    }

    private static int first(int status) {
        return status < 10 ? status : status / 100;
    }

    private static JsonPointer pointer(Place place) {
        String text = place.text();
        place.expect(
                text.startsWith("/") && !text.matches(".*~(?![01]).*"),
                "'" + text + "' is no JSON Pointer",
                "Write for example '/data/id' (RFC 6901).");
        return JsonPointer.compile(text);
    }

    private static Condition condition(Place place, @Nullable Place at) {
        Place is = place.find("is");
        Place contains = place.find("contains");
        Place exists = place.find("exists");
        long conditions = java.util.stream.Stream.of(is, contains, exists)
                .filter(java.util.Objects::nonNull)
                .count();
        place.expect(at != null || conditions == 0, "nothing says where to look", "Add 'at', a JSON Pointer.");
        place.expect(conditions < 2, "a row has one condition", "Keep one of 'is', 'contains' and 'exists'.");
        if (is != null) {
            List<JsonNode> wanted = new ArrayList<>();
            for (Place value : is.node().isArray() ? is.elements() : List.of(is)) {
                value.expect(
                        value.node().isValueNode(), "this is no value", "Write a text, a number, true, false or null.");
                wanted.add(value.node());
            }
            return found -> wanted.contains(found);
        }
        if (contains != null) {
            String part = contains.text().toLowerCase(Locale.ROOT);
            return found -> found.isString()
                    && found.stringValue().toLowerCase(Locale.ROOT).contains(part);
        }
        if (exists != null && !exists.flag()) {
            return JsonNode::isMissingNode;
        }
        return found -> !found.isMissingNode() && !found.isNull();
    }

    private static Outcome outcome(Place place, Set<Integer> statuses) {
        Place word = place.get("outcome");
        String name = word.word(OUTCOMES);
        Place said = place.find("reason");
        String reason = said == null ? "the backend's answer" : said.text();
        place.expect(
                REASON.matcher(reason).matches(),
                "a reason is one line of printable ASCII, at most 180 characters",
                "Shorten it.");
        Place wait = place.find("pause");
        boolean pauses = name.equals("pause") || name.equals("credentials");
        place.expect(wait == null || pauses, "only a pause has a length", "Remove 'pause', or write another outcome.");
        boolean mayEnd = statuses.stream().allMatch(status -> first(status) != 5 && status != 429);
        word.expect(
                mayEnd || pauses || name.equals("retry"),
                "429 and 5xx are never a final answer",
                "Write 'retry' or 'pause'.");
        word.expect(
                !name.equals("recorded") || statuses.stream().allMatch(status -> first(status) == 2),
                "only a success records anything",
                "Write 'duplicate', or a status from 200 to 299.");
        return switch (name) {
            case "pause" -> Outcome.pause(wait == null ? PAUSE : Durations.of(wait), reason);
            case "credentials" -> Outcome.credentials(wait == null ? CREDENTIALS_PAUSE : Durations.of(wait), reason);
            default -> Outcome.of(Verdict.valueOf(name.toUpperCase(Locale.ROOT)), said == null ? name : reason);
        };
    }

    private static Map<String, JsonPointer> learn(Place place, Event.Type type, Outcome outcome) {
        Place learn = place.find("learn");
        Map<String, JsonPointer> pointers = new LinkedHashMap<>();
        if (learn != null) {
            learn.expect(outcome.verdict().isFinal(), "only a final answer teaches anything", "Remove 'learn'.");
            for (Place field : learn.fields()) {
                String name = field.key();
                field.expect(
                        !name.equals(CLICK_ID) || type == Event.Type.CLICK,
                        "only the answer to a click teaches the click id",
                        "Give it another name.");
                field.expect(
                        NAME.matcher(name).matches() && !RESERVED.contains(name),
                        "'" + name + "' cannot be the name of a detail",
                        "Write lower-case letters, digits and hyphens; not one of: code, cookie, window.");
                pointers.put(name, pointer(field));
            }
        }
        return Map.copyOf(pointers);
    }

    private static String sample(Place place, @Nullable Place at, Map<String, JsonPointer> learn) {
        ObjectNode sample = JsonNodeFactory.instance.objectNode();
        Place exists = place.find("exists");
        if (at != null && (exists == null || exists.flag())) {
            Place is = place.find("is");
            Place contains = place.find("contains");
            JsonNode value = is == null ? null : is.node().isArray() ? is.node().get(0) : is.node();
            String text = contains == null ? "1" : contains.text();
            put(sample, pointer(at), value == null ? JsonNodeFactory.instance.stringNode(text) : value);
        }
        new TreeMap<>(learn)
                .forEach((name, pointer) -> put(sample, pointer, JsonNodeFactory.instance.stringNode(name + "-1")));
        return sample.toString();
    }

    private static void put(ObjectNode object, JsonPointer pointer, JsonNode value) {
        String name = pointer.getMatchingProperty();
        if (pointer.tail().matches()) {
            object.set(name, value);
        } else {
            JsonNode child = object.get(name);
            ObjectNode below = child instanceof ObjectNode there ? there : object.putObject(name);
            put(below, pointer.tail(), value);
        }
    }

    /** Returns whether the row applies to a reply. */
    boolean isAbout(HttpReply reply, @Nullable JsonNode document) {
        if (!statuses.contains(reply.status()) && !statuses.contains(reply.status() / 100)) {
            return false;
        }
        return switch (body) {
            case ANY -> true;
            case EMPTY -> reply.body().isEmpty();
            case OBJECT ->
                document != null
                        && document.isObject()
                        && (at == null || condition.holds(document.at(at)))
                        && learn.values().stream().noneMatch(pointer -> id(document.at(pointer)) == null);
        };
    }

    /** Returns the meaning of a reply that the row applies to. */
    Outcome outcome(Event event, HttpReply reply, @Nullable JsonNode document) {
        Duration pause = outcome.pause();
        if (pause != null) {
            Duration wait = outcome.credentials() ? pause : RetryAfter.read(reply, pause);
            return new Outcome(Verdict.PAUSE, outcome.reason(), wait, outcome.credentials(), null);
        }
        if (learn.isEmpty() || document == null) {
            return outcome;
        }
        Attribution attribution = learn.containsKey(CLICK_ID) ? withoutClickBefore(event) : event.attribution();
        for (Map.Entry<String, JsonPointer> entry : learn.entrySet()) {
            String id = id(document.at(entry.getValue()));
            if (id != null) {
                attribution = entry.getKey().equals(CLICK_ID)
                        ? attribution.withClickId(id)
                        : attribution.with(entry.getKey(), id);
            }
        }
        return outcome.withAttribution(attribution);
    }

    /** Drops the details of an earlier answer, because they belong to the click id that this answer replaces. */
    private static Attribution withoutClickBefore(Event event) {
        Attribution before = event.attribution();
        String code = before.detail(Attribution.CODE);
        return new Attribution(
                before.backend(),
                before.clickId(),
                before.clickedAt(),
                before.clickKey(),
                code == null ? Map.of() : Map.of(Attribution.CODE, code));
    }

    /** A vendor's id is opaque, but has no spaces and a bounded length. */
    private static @Nullable String id(JsonNode found) {
        String text = found.isString() ? found.stringValue() : found.isIntegralNumber() ? found.asString() : "";
        return ID.matcher(text).matches() ? text : null;
    }
}
