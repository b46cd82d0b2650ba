package io.reftrail.samples.sandbox.stripe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The objects of the account, as the JSON that Stripe shows of them. Their members and defaults are in
 * {@code sandbox/stripe/objects.json}, after the API version that stands there. Not thread-safe.
 */
@Component
final class StripeObjects {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** What the id of an object begins with. Products and cards are only referred to. */
    private static final Map<String, String> PREFIXES = Map.ofEntries(
            Map.entry("event", "evt_"),
            Map.entry("checkout.session", "cs_test_"),
            Map.entry("customer", "cus_"),
            Map.entry("price", "price_"),
            Map.entry("plan", "price_"),
            Map.entry("subscription", "sub_"),
            Map.entry("subscription_item", "si_"),
            Map.entry("invoice", "in_"),
            Map.entry("line_item", "il_"),
            Map.entry("invoice_payment", "inpay_"),
            Map.entry("payment_intent", "pi_"),
            Map.entry("charge", "ch_"),
            Map.entry("refund", "re_"),
            Map.entry("dispute", "dp_"));

    private final SecureRandom random = new SecureRandom();
    private final ObjectNode templates;
    private final Map<String, ObjectNode> byId = new LinkedHashMap<>();

    StripeObjects() {
        try (InputStream file = new ClassPathResource("sandbox/stripe/objects.json").getInputStream()) {
            this.templates = (ObjectNode) JsonMapper.shared().readTree(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Returns a new object with a new id, which is not yet kept. */
    ObjectNode create(String object) {
        ObjectNode created = (ObjectNode) templates.required(object).deepCopy();
        created.put("id", id(PREFIXES.getOrDefault(object, "obj_")));
        if (created.has("created")) {
            created.put("created", Instant.now().getEpochSecond());
        }
        return created;
    }

    String id(String prefix) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < 24; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    /** Keeps an object. */
    ObjectNode keep(ObjectNode object) {
        byId.put(object.get("id").asString(), object);
        return object;
    }

    /** Returns a kept object, to read or to change. */
    Optional<ObjectNode> find(String object, @Nullable String id) {
        return Optional.ofNullable(id)
                .map(byId::get)
                .filter(found -> found.get("object").asString().equals(object));
    }

    /** Returns a kept object, to read or to change, or tells the caller that there is none, as Stripe does. */
    ObjectNode get(String object, @Nullable String id) {
        return find(object, id).orElseThrow(() -> StripeProblem.missing(object, id));
    }

    /** Returns the objects of a kind, the newest first. */
    List<ObjectNode> all(String object) {
        List<ObjectNode> found = new ArrayList<>(byId.values().stream()
                .filter(each -> each.get("object").asString().equals(object))
                .toList());
        Collections.reverse(found);
        return found;
    }

    /**
     * Returns a copy in which ids are replaced by the objects they name, as the parameter {@code expand} says. An invoice has
     * its payments, and a session its line items, only when a caller asks for them.
     */
    ObjectNode expanded(ObjectNode object, List<String> paths) {
        ObjectNode copy = object.deepCopy();
        paths.forEach(path -> expand(copy, path));
        return copy;
    }

    private void expand(JsonNode node, String path) {
        if (node.isArray()) {
            node.forEach(each -> expand(each, path));
            return;
        }
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        if (name.equals("payments") && object.path("object").asString("").equals("invoice")) {
            String invoice = object.get("id").asString();
            object.set("payments", list("/v1/invoice_payments", payments(invoice)));
        }
        JsonNode child = object.path(name);
        if (child instanceof StringNode id && byId.containsKey(id.asString())) {
            object.set(name, byId.get(id.asString()).deepCopy());
        }
        if (dot >= 0) {
            expand(object.path(name), path.substring(dot + 1));
        }
    }

    private List<ObjectNode> payments(String invoice) {
        return all("invoice_payment").stream()
                .filter(payment -> payment.get("invoice").asString().equals(invoice))
                .toList();
    }

    /** Returns a list as Stripe writes one. */
    static ObjectNode list(String url, List<ObjectNode> items) {
        ObjectNode list = JsonMapper.shared().createObjectNode().put("object", "list");
        ArrayNode data = list.putArray("data");
        items.forEach(item -> data.add(item.deepCopy()));
        return list.put("has_more", false).put("url", url);
    }

    /** Returns a member's text, or {@code null} if there is none. */
    static @Nullable String text(ObjectNode object, String name) {
        JsonNode value = object.path(name);
        return value.isString() ? value.asString() : null;
    }

    static ObjectNode map(Map<String, String> values) {
        ObjectNode map = JsonMapper.shared().createObjectNode();
        values.forEach(map::put);
        return map;
    }

    /** Returns the time as Stripe writes it, in seconds. */
    static long now() {
        return Instant.now().getEpochSecond();
    }

    void forget(ObjectNode object) {
        byId.remove(object.get("id").asString());
    }

    void clear() {
        byId.clear();
    }
}
