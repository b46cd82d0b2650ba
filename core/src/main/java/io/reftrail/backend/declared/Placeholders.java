package io.reftrail.backend.declared;

import io.reftrail.capture.CaptureRule;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The names that the placeholders of a declaration may have: those for one kind of event, or only settings where there is no
 * event.
 */
final class Placeholders {

    /** The name of the landing's whole address in {@link #used()}. */
    static final String LANDING = "landing.url";

    private static final String SETTING = "setting.";
    private static final String DETAIL = "detail.";
    private static final String CLICK_ID_OF = "click-id.";
    private static final String KEPT = "landing.parameter.";
    private static final String METADATA = "metadata.";
    private static final String REFUNDED = "refunded";

    private static final int HUNDREDTHS = 2;

    private final Event.@Nullable Type type;
    private final Map<String, @Nullable String> settings;
    private final Set<String> secrets;
    private final List<CaptureRule> rules;
    private final Set<String> details;
    private final boolean secretsAllowed;
    private final Map<String, Value> values;
    private final Set<String> used;

    /**
     * @param type the kind of event, or {@code null} where only settings make sense
     * @param settings the value of each declared setting, {@code null} for those that are not set
     * @param secrets the names of the settings that are secret
     * @param details the names of the details that the answers teach
     */
    Placeholders(
            Event.@Nullable Type type,
            Map<String, @Nullable String> settings,
            Set<String> secrets,
            List<CaptureRule> rules,
            Set<String> details) {
        this(type, settings, secrets, rules, details, false, new HashSet<>());
    }

    private Placeholders(
            Event.@Nullable Type type,
            Map<String, @Nullable String> settings,
            Set<String> secrets,
            List<CaptureRule> rules,
            Set<String> details,
            boolean secretsAllowed,
            Set<String> used) {
        this.type = type;
        this.settings = settings;
        this.secrets = secrets;
        this.rules = rules;
        this.details = details;
        this.secretsAllowed = secretsAllowed;
        this.used = used;
        this.values = type == null ? Map.of() : values(type);
    }

    /** Returns these for a place that may hold a secret: a header, or the credentials. */
    Placeholders withSecrets() {
        return new Placeholders(type, settings, secrets, rules, details, true, used);
    }

    /** Returns the names that templates have used. */
    Set<String> used() {
        return used;
    }

    /** Returns whether a name stands for the sum of a sale's refunds. */
    static boolean isSumOfRefunds(String name) {
        return name.equals(REFUNDED) || name.startsWith(REFUNDED + ".");
    }

    /**
     * Returns the value of an expression: a name, or names with {@code or} between them, and formatters after bars.
     *
     * @throws io.reftrail.model.InvalidSettingException if there is no such name or formatter
     */
    Value value(Place place, String expression) {
        String[] steps = expression.split("\\|", -1);
        Value value = null;
        for (String name : steps[0].trim().split("\\s+or\\s+", -1)) {
            Value next = named(place, name.trim());
            value = value == null ? next : new Value.Either(value, next);
        }
        Value formatted = value == null ? new Value.Constant(null) : value;
        for (String step : Arrays.asList(steps).subList(1, steps.length)) {
            formatted = Formatters.apply(place, this, formatted, step.trim());
        }
        return formatted;
    }

    /** Returns the value of a name. */
    Value named(Place place, String name) {
        used.add(name);
        if (name.startsWith(SETTING)) {
            return setting(place, name.substring(SETTING.length()));
        }
        Value value = values.get(name);
        if (value == null && type != null) {
            value = family(place, name, type);
        }
        if (value == null) {
            throw place.invalid(
                    "there is no placeholder {" + name + "}"
                            + (type == null ? " here" : " for a " + type.name().toLowerCase(Locale.ROOT)),
                    Place.oneOf(known()));
        }
        return value;
    }

    private Value setting(Place place, String name) {
        place.expect(
                settings.containsKey(name),
                "there is no setting '" + name + "'",
                settings.isEmpty() ? "Declare it below 'settings'." : Place.oneOf(settings.keySet()));
        place.expect(
                secretsAllowed || !secrets.contains(name),
                "the secret {setting." + name + "} would show here",
                "Put it into 'authentication' or a header: addresses and bodies are logged on the way.");
        return new Value.Constant(settings.get(name));
    }

    private @Nullable Value family(Place place, String name, Event.Type type) {
        if (name.startsWith(DETAIL)) {
            String detail = name.substring(DETAIL.length());
            place.expect(
                    details.contains(detail),
                    "no answer teaches the detail '" + detail + "'",
                    "Add it to a 'learn' of the call that answers it.");
            return new Value.Text(event -> event.attribution().detail(detail));
        }
        if (name.startsWith(CLICK_ID_OF)) {
            return clickIdOf(place, name.substring(CLICK_ID_OF.length()));
        }
        if (type == Event.Type.CLICK && name.startsWith(KEPT)) {
            String parameter = name.substring(KEPT.length());
            place.expect(
                    rules.stream().anyMatch(rule -> rule.forwarded().contains(parameter)),
                    "no capture rule keeps the parameter '" + parameter + "'",
                    "Add it to 'keep' of the rule.");
            return new Value.Text(event -> ((Click) event).parameters().get(parameter));
        }
        if (name.startsWith(METADATA)) {
            String key = name.substring(METADATA.length());
            return switch (type) {
                case LEAD -> new Value.Text(event -> ((Lead) event).metadata().get(key));
                case SALE ->
                    new Value.Text(event -> ((Sale) event).payment().metadata().get(key));
                default -> null;
            };
        }
        return null;
    }

    /** Returns the click id, if it was read from this cookie. */
    private Value clickIdOf(Place place, String cookie) {
        List<String> cookies =
                rules.stream().map(CaptureRule::cookie).distinct().toList();
        place.expect(cookies.contains(cookie), "no capture rule has the cookie '" + cookie + "'", Place.oneOf(cookies));
        boolean usual = cookies.indexOf(cookie) == 0;
        return new Value.Text(event -> {
            String read = event.attribution().detail(Attribution.COOKIE);
            boolean same = read == null ? usual : read.equals(cookie);
            return same ? event.attribution().clickId() : null;
        });
    }

    private Set<String> known() {
        Set<String> known = new TreeSet<>(values.keySet());
        settings.keySet().forEach(name -> known.add(SETTING + name));
        if (type != null) {
            details.forEach(name -> known.add(DETAIL + name));
            rules.forEach(rule -> known.add(CLICK_ID_OF + rule.cookie()));
        }
        if (type == Event.Type.CLICK) {
            rules.forEach(rule -> rule.forwarded().forEach(name -> known.add(KEPT + name)));
        }
        if (type == Event.Type.LEAD || type == Event.Type.SALE) {
            known.add(METADATA + "NAME");
        }
        return known;
    }

    private static Map<String, Value> values(Event.Type type) {
        Map<String, Value> values = new TreeMap<>();
        text(values, "click-id", event -> event.attribution().clickId());
        values.put("clicked-at", new Value.Time(event -> event.attribution().clickedAt()));
        values.put("occurred-at", new Value.Time(Event::occurredAt));
        switch (type) {
            case CLICK -> click(values);
            case LEAD -> lead(values);
            case SALE -> sale(values);
            case REFUND -> refund(values);
            case TRIAL, CANCELLATION -> {
                customer(values);
                text(values, "subscription-id", event -> ((SubscriptionChange) event).subscriptionId());
            }
        }
        return values;
    }

    private static void text(Map<String, Value> values, String name, Function<Event, @Nullable String> source) {
        values.put(name, new Value.Text(source));
    }

    private static void click(Map<String, Value> values) {
        text(values, "code", event -> ((Click) event).code());
        text(values, LANDING, event -> ((Click) event).landing());
        text(values, "referrer", event -> ((Click) event).referrer());
        text(values, "user-agent", event -> ((Click) event).userAgent());
        text(values, "ip-address", event -> ((Click) event).ipAddress());
    }

    private static void customer(Map<String, Value> values) {
        text(values, "code", event -> event.attribution().detail(Attribution.CODE));
        text(values, "customer.id", Event::customerId);
    }

    private static void lead(Map<String, Value> values) {
        customer(values);
        text(values, "customer.email", event -> ((Lead) event).customer().email());
        text(values, "customer.name", event -> ((Lead) event).customer().name());
        text(values, "customer.avatar", event -> ((Lead) event).customer().avatar());
        text(values, "event-name", event -> ((Lead) event).eventName());
    }

    private static void sale(Map<String, Value> values) {
        customer(values);
        money(values, event -> payment(event).amount());
        text(values, "event-name", event -> ((Sale) event).leadEventName());
        text(values, "invoice-id", event -> payment(event).invoiceId());
        text(values, "subscription-id", event -> payment(event).subscriptionId());
        text(values, "product-id", event -> payment(event).productId());
        text(values, "processor", event -> payment(event).processor());
        text(values, "interval", event -> {
            Payment.Interval interval = payment(event).interval();
            return interval == null ? null : interval.name().toLowerCase(Locale.ROOT);
        });
    }

    private static void refund(Map<String, Value> values) {
        customer(values);
        money(values, event -> ((Refund) event).amount());
        number(values, REFUNDED, event -> ((Refund) event).total(), money -> money.amount()
                .toPlainString());
        number(
                values,
                REFUNDED + ".minor",
                event -> ((Refund) event).total(),
                money -> Long.toString(money.minorUnits()));
        number(values, REFUNDED + ".cents", event -> ((Refund) event).total(), Placeholders::cents);
        text(values, "invoice-id", event -> ((Refund) event).invoiceId());
        text(values, "refund-id", event -> ((Refund) event).refundId());
        text(values, "reason", event -> ((Refund) event).reason());
    }

    private static Payment payment(Event event) {
        return ((Sale) event).payment();
    }

    private static void money(Map<String, Value> values, Function<Event, @Nullable Money> source) {
        number(values, "amount", source, money -> money.amount().toPlainString());
        number(values, "amount.minor", source, money -> Long.toString(money.minorUnits()));
        number(values, "amount.cents", source, Placeholders::cents);
        text(values, "currency", event -> {
            Money money = source.apply(event);
            return money == null ? null : money.currency().getCurrencyCode();
        });
    }

    private static void number(
            Map<String, Value> values,
            String name,
            Function<Event, @Nullable Money> source,
            Function<Money, String> format) {
        values.put(name, new Value.Numeric(event -> {
            Money money = source.apply(event);
            return money == null ? null : format.apply(money);
        }));
    }

    /** Returns an amount in hundredths, or in whole units of a currency that has no decimals in ISO 4217. */
    private static String cents(Money money) {
        BigDecimal amount = money.amount();
        int digits = amount.scale() == 0 ? 0 : HUNDREDTHS;
        return amount.movePointRight(digits).setScale(0, RoundingMode.HALF_UP).toPlainString();
    }

    /** Returns all names of a kind of event, for the documentation. */
    static List<String> names(Event.Type type) {
        return new ArrayList<>(values(type).keySet());
    }
}
