package io.reftrail.samples.sandbox.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of Stripe's API that a shop with a checkout needs, for Stripe's own libraries: their base address is
 * {@code /stripe} of the sandbox. A parameter that is not supported is refused, so that no setting is lost in silence.
 */
@RestController
@RequestMapping("/stripe/v1")
class StripeApi {

    /** The collections that can be read, by their paths. */
    private static final Map<String, String> COLLECTIONS = Map.of(
            "customers", "customer",
            "prices", "price",
            "subscriptions", "subscription",
            "invoices", "invoice",
            "invoice_payments", "invoice_payment",
            "payment_intents", "payment_intent",
            "charges", "charge",
            "refunds", "refund",
            "disputes", "dispute",
            "events", "event");

    private static final Set<String> NO_FILTERS = Set.of("limit", "starting_after");

    private final StripeSettings settings;
    private final StripeAccount account;
    private final Prices prices;
    private final Checkouts checkouts;
    private final Subscriptions subscriptions;
    private final Refunds refunds;
    private final Map<String, ObjectNode> answers = new ConcurrentHashMap<>();

    StripeApi(
            StripeSettings settings,
            StripeAccount account,
            Prices prices,
            Checkouts checkouts,
            Subscriptions subscriptions,
            Refunds refunds) {
        this.settings = settings;
        this.account = account;
        this.prices = prices;
        this.checkouts = checkouts;
        this.subscriptions = subscriptions;
        this.refunds = refunds;
    }

    @PostMapping("/checkout/sessions")
    ResponseEntity<ObjectNode> createSession(HttpServletRequest request) throws IOException {
        String pages = request.getRequestURL().toString().replaceFirst("/stripe/v1/.*", "/stripe/pay/");
        return post(request, form -> checkouts.createSession(form, pages));
    }

    @GetMapping("/checkout/sessions/{id}")
    ResponseEntity<ObjectNode> session(HttpServletRequest request, @PathVariable String id) {
        return get(request, form -> account.read(all -> all.expanded(all.get("checkout.session", id), form.expand())));
    }

    @PostMapping("/customers")
    ResponseEntity<ObjectNode> createCustomer(HttpServletRequest request) throws IOException {
        return post(request, checkouts::createCustomer);
    }

    @PostMapping("/prices")
    ResponseEntity<ObjectNode> createPrice(HttpServletRequest request) throws IOException {
        return post(request, prices::createPrice);
    }

    @PostMapping("/refunds")
    ResponseEntity<ObjectNode> refund(HttpServletRequest request) throws IOException {
        return post(request, refunds::refund);
    }

    @PostMapping("/subscriptions/{id}")
    ResponseEntity<ObjectNode> updateSubscription(HttpServletRequest request, @PathVariable String id)
            throws IOException {
        return post(request, form -> subscriptions.updateSubscription(id, form));
    }

    @DeleteMapping("/subscriptions/{id}")
    ResponseEntity<ObjectNode> cancel(HttpServletRequest request, @PathVariable String id) {
        authenticate(request);
        return json(subscriptions.cancel(id));
    }

    /** Loses a dispute on purpose. */
    @PostMapping("/disputes/{id}/close")
    ResponseEntity<ObjectNode> closeDispute(HttpServletRequest request, @PathVariable String id) throws IOException {
        return post(request, form -> refunds.decide(id, false));
    }

    @GetMapping("/{collection}/{id}")
    ResponseEntity<ObjectNode> one(
            HttpServletRequest request, @PathVariable String collection, @PathVariable String id) {
        @Nullable String object = COLLECTIONS.get(collection);
        if (object == null) {
            throw StripeProblem.noSuchEndpoint(request.getMethod(), "/v1/" + collection + "/" + id);
        }
        return get(request, form -> account.read(all -> all.expanded(all.get(object, id), form.expand())));
    }

    /** Lists a collection, the newest first. Each other parameter is the value of a member. */
    @GetMapping("/{collection}")
    ResponseEntity<ObjectNode> list(HttpServletRequest request, @PathVariable String collection) {
        @Nullable String object = COLLECTIONS.get(collection);
        if (object == null) {
            throw StripeProblem.noSuchEndpoint(request.getMethod(), "/v1/" + collection);
        }
        return get(request, form -> account.read(all -> list(all, form, collection, all.all(object))));
    }

    private static ObjectNode list(StripeObjects all, Form form, String collection, List<ObjectNode> objects) {
        @Nullable String after = form.text("starting_after");
        long limit = form.number("limit", 10);
        List<ObjectNode> found = objects.stream()
                .dropWhile(each -> after != null && !each.get("id").asString().equals(after))
                .skip(after == null ? 0 : 1)
                .filter(each -> fits(each, form))
                .limit(limit + 1)
                .toList();
        ObjectNode list = StripeObjects.list(
                "/v1/" + collection, found.stream().limit(limit).toList());
        return all.expanded(list.put("has_more", found.size() > limit), form.expand());
    }

    private static boolean fits(ObjectNode object, Form form) {
        return form.values().entrySet().stream()
                .filter(each ->
                        !NO_FILTERS.contains(each.getKey()) && !each.getKey().startsWith("expand["))
                .allMatch(each -> {
                    JsonNode value =
                            object.at("/" + each.getKey().replace("[", "/").replace("]", ""));
                    if (value.isMissingNode()) {
                        throw StripeProblem.unknown(each.getKey());
                    }
                    return value.asString("").equals(each.getValue());
                });
    }

    @RequestMapping("/**")
    ResponseEntity<ObjectNode> other(HttpServletRequest request) {
        throw StripeProblem.noSuchEndpoint(
                request.getMethod(), request.getRequestURI().substring("/stripe".length()));
    }

    private ResponseEntity<ObjectNode> get(HttpServletRequest request, Function<Form, ObjectNode> action) {
        authenticate(request);
        return json(action.apply(Form.parse(request.getQueryString())));
    }

    /** Answers a call with the idempotency key of an earlier one as that one. */
    private ResponseEntity<ObjectNode> post(HttpServletRequest request, Function<Form, ObjectNode> action)
            throws IOException {
        authenticate(request);
        Form form = Form.parse(new String(request.getInputStream().readAllBytes(), UTF_8));
        @Nullable String key = request.getHeader("Idempotency-Key");
        return json(
                key == null
                        ? action.apply(form)
                        : answers.computeIfAbsent(request.getRequestURI() + " " + key, same -> action.apply(form)));
    }

    /** The key comes as a bearer token, or as the user name of basic authentication. */
    private void authenticate(HttpServletRequest request) {
        @Nullable String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        String basic = "Basic " + Base64.getEncoder().encodeToString((settings.apiKey() + ":").getBytes(UTF_8));
        if (!("Bearer " + settings.apiKey()).equals(header) && !basic.equals(header)) {
            throw StripeProblem.unauthorized();
        }
    }

    private static ResponseEntity<ObjectNode> json(ObjectNode body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    @ExceptionHandler
    static ResponseEntity<ObjectNode> refuse(StripeProblem problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(problem.json());
    }
}
