package io.reftrail.backend.declared;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureRule;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Payment;
import io.reftrail.model.Payment.Interval;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command that shows the calls of a declared backend without sending them: the HTTP requests for a sample of each kind of
 * event, and what each answer means. Run it with the name of a file, or of a declaration that comes with Reftrail:
 *
 * <pre>{@code
 * java -cp ... io.reftrail.backend.declared.DeclaredCalls acme.json api-key=k1 currency=EUR
 * }</pre>
 */
public final class DeclaredCalls {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String CLICK_ID = "click-1";
    private static final Set<String> CREDENTIALS = Set.of("authorization");
    private static final String HTML = "<html><body>OK</body></html>";

    private DeclaredCalls() {}

    /**
     * The meaning of one row of answers.
     *
     * @param type the kind of event that is answered
     * @param replies sample replies that the row applies to
     * @param outcome what they mean
     */
    public record Row(Event.Type type, List<HttpReply> replies, Outcome outcome) {

        /** Copies the list. */
        public Row {
            replies = List.copyOf(replies);
        }
    }

    /** Returns the rows of a declaration, by kind of event and in their order. */
    public static List<Row> rows(BackendDeclaration declaration) {
        DeclaredBackend backend = (DeclaredBackend) declaration.sample(Map.of());
        List<Row> rows = new ArrayList<>();
        for (Event.Type type : new TreeSet<>(backend.reports())) {
            for (Answer answer : backend.plan(type).answers()) {
                rows.add(new Row(type, replies(answer), answer.outcome()));
            }
        }
        return List.copyOf(rows);
    }

    private static List<HttpReply> replies(Answer answer) {
        List<HttpReply> replies = new ArrayList<>();
        for (int status : new TreeSet<>(answer.statuses())) {
            int code = status < 10 ? status * 100 : status;
            switch (answer.body()) {
                case EMPTY -> replies.add(reply(code, ""));
                case ANY -> {
                    replies.add(reply(code, ""));
                    replies.add(reply(code, HTML));
                }
                case OBJECT -> replies.add(reply(code, answer.sample()));
            }
        }
        return replies;
    }

    private static HttpReply reply(int status, String body) {
        return new HttpReply(status, null, body, NOW);
    }

    /** Returns the names of the details that the answers of a declaration teach, without the click id. */
    public static Set<String> details(BackendDeclaration declaration) {
        DeclaredBackend backend = (DeclaredBackend) declaration.sample(Map.of());
        Set<String> details = new TreeSet<>();
        backend.reports().forEach(type -> backend.plan(type)
                .answers()
                .forEach(answer -> details.addAll(answer.learn().keySet())));
        details.remove(Answer.CLICK_ID);
        return details;
    }

    /**
     * Prints what is sent for a sample of each kind of event, and what the answers mean. Credentials are not shown.
     *
     * @param settings settings of the backend; those that are missing are made up
     */
    public static void print(BackendDeclaration declaration, Map<String, String> settings, PrintStream out) {
        DeclaredBackend backend = (DeclaredBackend) declaration.sample(settings);
        out.println(backend.name() + ": " + capture(backend));
        for (Event.Type type : new TreeSet<>(backend.reports())) {
            out.println();
            out.println(word(type) + " (" + word(backend.plan(type).repeat()) + ", for "
                    + backend.deliveryTimeout(event(backend, declaration, type)).toDays() + " days)");
            call(backend, event(backend, declaration, type), settings, declaration, out);
            backend.plan(type).answers().forEach(answer -> out.println("  " + meaning(answer)));
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String capture(TrackingBackend backend) {
        return backend.captureRules().stream()
                .map(rule -> String.join(", ", rule.parameters()) + " -> cookie " + rule.cookie() + " for "
                        + rule.window().toDays() + " days" + carries(rule))
                .collect(Collectors.joining("; "));
    }

    private static String carries(CaptureRule rule) {
        return rule.meaning() == CaptureRule.Meaning.CLICK_ID ? "" : " (a partner's code)";
    }

    private static void call(
            DeclaredBackend backend,
            Event event,
            Map<String, String> settings,
            BackendDeclaration declaration,
            PrintStream out) {
        Outcome without = backend.outcomeWithoutCall(event);
        if (without != null) {
            out.println("  not sent: " + word(without.verdict()) + ", " + without.reason());
            return;
        }
        HttpCall call = backend.call(event);
        List<String> secrets = declaration.settings().stream()
                .filter(BackendDeclaration.Setting::secret)
                .map(setting -> settings.getOrDefault(setting.name(), setting.name()))
                .filter(secret -> !secret.isBlank())
                .flatMap(secret -> Stream.of(secret, inQuery(secret)))
                .toList();
        out.println("  " + call.method() + " " + hidden(call.uri().toString(), secrets));
        new TreeMap<>(call.headers())
                .forEach((name, value) -> out.println("  " + name + ": "
                        + (CREDENTIALS.contains(name.toLowerCase(Locale.ROOT)) ? "***" : hidden(value, secrets))));
        if (!call.body().isEmpty()) {
            out.println("  Content-Type: " + call.contentType());
            out.println("  " + call.body());
        }
    }

    private static String inQuery(String secret) {
        StringBuilder encoded = new StringBuilder();
        Encoding.QUERY.append(encoded, secret);
        return encoded.toString();
    }

    private static String hidden(String text, List<String> secrets) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, "***");
        }
        return shown;
    }

    private static String meaning(Answer answer) {
        return replies(answer).stream()
                .map(reply -> reply.status() + (reply.body().isEmpty() ? "" : " " + reply.body()))
                .collect(Collectors.joining(
                        " or ",
                        "",
                        " -> " + word(answer.outcome().verdict()) + ", "
                                + answer.outcome().reason()
                                + (answer.learn().isEmpty()
                                        ? ""
                                        : ", teaches "
                                                + String.join(
                                                        ", ",
                                                        new TreeSet<>(
                                                                answer.learn().keySet())))));
    }

    private static Event event(DeclaredBackend backend, BackendDeclaration declaration, Event.Type type) {
        Attribution attribution = new Attribution(backend.name(), CLICK_ID, NOW);
        for (String detail : details(declaration)) {
            attribution = attribution.with(detail, detail + "-1");
        }
        return switch (type) {
            case CLICK -> click(backend, attribution);
            case LEAD ->
                Lead.of(
                        attribution,
                        Customer.of("customer-1").withEmail("kim@example.org").withName("Kim"),
                        backend.leadEventName(),
                        NOW);
            case SALE ->
                Sale.of(
                        attribution,
                        Payment.of("customer-1", "invoice-1", Money.of(new BigDecimal("29.00"), "EUR"))
                                .forSubscription("subscription-1", Interval.MONTH),
                        backend.leadEventName(),
                        NOW);
            case REFUND -> Refund.of(attribution, "customer-1", "invoice-1", "refund-1", null, null, NOW);
            case TRIAL -> change(backend, attribution, SubscriptionChange.Kind.TRIAL_STARTED);
            case CANCELLATION -> change(backend, attribution, SubscriptionChange.Kind.ENDED);
        };
    }

    private static SubscriptionChange change(
            DeclaredBackend backend, Attribution attribution, SubscriptionChange.Kind kind) {
        return SubscriptionChange.of(attribution, kind, "customer-1", "subscription-1", backend.leadEventName(), NOW);
    }

    private static Click click(DeclaredBackend backend, Attribution attribution) {
        List<String> kept = backend.captureRules().stream()
                .flatMap(rule -> rule.forwarded().stream())
                .distinct()
                .toList();
        return new Click(
                new Attribution(attribution.backend(), null, NOW, "key-1", Map.of()),
                "nora",
                "https://shop.example/pricing",
                "https://blog.example/",
                "Mozilla/5.0",
                "203.0.113.7",
                kept.stream().collect(Collectors.toMap(name -> name, name -> name + "-1")),
                NOW);
    }

    /**
     * Prints the calls of a declaration.
     *
     * @param arguments a file, or the name of a declaration that comes with Reftrail; then settings as {@code name=value}
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            System.err.println("Name a file, or one of: " + String.join(", ", BackendDeclaration.shipped()));
            System.exit(2);
        }
        try {
            String name = arguments[0];
            BackendDeclaration declaration = BackendDeclaration.shipped().contains(name)
                    ? BackendDeclaration.shipped(name)
                    : BackendDeclaration.read(name, Files.newInputStream(Path.of(name)));
            Map<String, String> settings = new LinkedHashMap<>();
            for (String setting : Arrays.asList(arguments).subList(1, arguments.length)) {
                String[] pair = setting.split("=", 2);
                settings.put(pair[0], pair.length < 2 ? "" : pair[1]);
            }
            print(declaration, settings, System.out);
        } catch (InvalidSettingException invalid) {
            System.err.println(invalid.getMessage());
            System.exit(1);
        }
    }
}
