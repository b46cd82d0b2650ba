package io.reftrail.backend.declared;

import io.reftrail.backend.RateLimit;
import io.reftrail.backend.SalesReporting;
import io.reftrail.backend.declared.BackendDeclaration.Setting;
import io.reftrail.backend.declared.DeclaredBackend.Calls;
import io.reftrail.backend.declared.DeclaredBackend.CheckoutPlan;
import io.reftrail.backend.declared.Plan.Body;
import io.reftrail.backend.declared.Plan.Repeat;
import io.reftrail.backend.declared.Plan.Requirement;
import io.reftrail.backend.internal.BaseUrl;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.capture.PartnerCodes;
import io.reftrail.model.Event;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The reader of a declaration. It reads the document with sample settings to check it, and once for each backend. */
final class DeclarationReader {

    static final Set<String> KEYS = Set.of(
            "$schema",
            "name",
            "title",
            "note",
            "base-url",
            "settings",
            "capture",
            "authentication",
            "headers",
            "lead-event-name",
            "rate",
            "calls",
            "checkout");
    static final Set<String> SETTING_KEYS =
            Set.of("secret", "required", "default", "pattern", "example", "description");
    static final Set<String> CAPTURE_KEYS = Set.of(
            "parameters",
            "carries",
            "cookie",
            "encoding",
            "window",
            "max-length",
            "script-readable",
            "across-hosts",
            "keep",
            "landing-cookie",
            "note");
    static final Set<String> CALL_KEYS = Set.of(
            "method",
            "path",
            "query",
            "headers",
            "authentication",
            "json",
            "form",
            "requires",
            "repeat",
            "deliver-within",
            "answers",
            "note");
    static final Set<String> REQUIRES_KEYS = Set.of("value", "reason", "outcome");
    static final Set<String> AUTHENTICATION_KEYS = Set.of("bearer", "basic", "header", "query");
    static final Set<String> BASIC_KEYS = Set.of("user", "password");
    static final Set<String> RATE_KEYS = Set.of("calls", "per");
    static final Set<String> CHECKOUT_KEYS = Set.of("metadata", "client-reference-id");
    static final Set<String> CALLS = Set.of("click", "lead", "sale", "refund", "trial", "cancellation");

    static final String BASE_URL = "base-url";
    static final String CALLS_PER_MINUTE = "calls-per-minute";
    static final String SALES = "sales";
    static final String CODES = "codes";
    static final String CODE_PATTERN = "code-pattern";

    private static final Set<String> OF_ALL = Set.of(BASE_URL, CALLS_PER_MINUTE, SALES, CODES, CODE_PATTERN);

    private static final String DEFAULT_LEAD_EVENT_NAME = "Sign Up";
    private static final String SAMPLE_URL = "https://api.example.com";
    private static final int MAX_LENGTH = 512;
    private static final Duration LONGEST_DELIVERY = Duration.ofDays(90);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,30}");
    private static final Pattern SETTING_NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern PARAMETER = Pattern.compile("[!-~&&[^&=#+%]]+");
    private static final Pattern COOKIE = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern SECRET = Pattern.compile("[!-~]+");
    private static final Pattern METADATA_KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,39}");
    private static final Pattern REASON = Pattern.compile("[ -~]{1,180}");
    private static final Pattern METHOD = Pattern.compile("GET|POST|PUT|PATCH|DELETE");

    private final Place root;
    private final String name;
    private final List<Setting> settings;
    private final Map<String, Pattern> patterns = new TreeMap<>();
    private final Map<String, String> examples = new TreeMap<>();
    private final Set<String> secrets = new TreeSet<>();
    private final Set<String> details = new TreeSet<>();
    private final Set<String> detailsOfClick = new TreeSet<>();

    /** @throws InvalidSettingException if the document is not a valid declaration */
    DeclarationReader(Place root) {
        this.root = root.only(KEYS);
        Place named = root.get("name");
        this.name = named.text();
        named.expect(
                NAME.matcher(name).matches(),
                "'" + name + "' is not the name of a backend",
                "Write lower-case letters and digits, for example 'acme'.");
        this.settings = readSettings();
        learntDetails();
    }

    String name() {
        return name;
    }

    List<Setting> settings() {
        return settings;
    }

    @Nullable
    String declaredBaseUrl() {
        return text(root, BASE_URL);
    }

    Set<String> known() {
        Set<String> known = new TreeSet<>(Set.of(BASE_URL, CALLS_PER_MINUTE));
        if (takesSalesBothWays()) {
            known.add(SALES);
        }
        if (root.get("capture").elements().stream().anyMatch(DeclarationReader::mayCarryCodes)) {
            known.addAll(Set.of(CODES, CODE_PATTERN));
        }
        settings.forEach(setting -> known.add(setting.name()));
        return known;
    }

    private boolean takesSalesBothWays() {
        return root.find("checkout") != null && root.get("calls").find("sale") != null;
    }

    private List<Setting> readSettings() {
        Place declared = root.find("settings");
        List<Setting> read = new ArrayList<>();
        for (Place setting : declared == null ? List.<Place>of() : declared.fields()) {
            read.add(setting(setting.only(SETTING_KEYS)));
        }
        return List.copyOf(read);
    }

    private Setting setting(Place place) {
        String key = place.key();
        place.expect(
                SETTING_NAME.matcher(key).matches() && !OF_ALL.contains(key) && !key.equals("declaration"),
                "'" + key + "' cannot be the name of a setting",
                "Write lower-case letters, digits and hyphens; these are there already: "
                        + String.join(", ", new TreeSet<>(OF_ALL)) + ".");
        boolean secret = flag(place, "secret");
        String otherwise = text(place, "default");
        place.expect(!secret || otherwise == null, "a secret has no default", "Remove 'default'.");
        Place pattern = place.find("pattern");
        if (pattern != null) {
            try {
                patterns.put(key, Pattern.compile(pattern.text()));
            } catch (PatternSyntaxException noPattern) {
                throw pattern.invalid("this is no regular expression", noPattern.getDescription() + ".");
            }
        }
        if (secret) {
            secrets.add(key);
        }
        String example = text(place, "example");
        examples.put(key, example == null ? key : example);
        return new Setting(key, secret, flag(place, "required"), otherwise, text(place, "description"));
    }

    private static boolean flag(Place place, String key) {
        Place flag = place.find(key);
        return flag != null && flag.flag();
    }

    private static @Nullable String text(Place place, String key) {
        Place text = place.find(key);
        return text == null ? null : text.text();
    }

    private void learntDetails() {
        for (Place call : root.get("calls").only(CALLS).fields()) {
            for (Place answer : call.get("answers").elements()) {
                Place learn = answer.find("learn");
                if (learn != null) {
                    learn.fields().forEach(field -> details.add(field.key()));
                    if (call.key().equals("click")) {
                        learn.fields().forEach(field -> detailsOfClick.add(field.key()));
                    }
                }
            }
        }
        details.remove(Answer.CLICK_ID);
        detailsOfClick.remove(Answer.CLICK_ID);
    }

    Map<String, String> sampleSettings() {
        Map<String, String> all = new TreeMap<>();
        for (Setting setting : settings) {
            if (setting.defaultValue() == null) {
                all.put(setting.name(), examples.get(setting.name()));
            }
        }
        if (root.find(BASE_URL) == null) {
            all.put(BASE_URL, SAMPLE_URL);
        }
        return all;
    }

    DeclaredBackend sample(Map<String, String> given) {
        Map<String, String> all = sampleSettings();
        all.putAll(given);
        DeclaredBackend backend = backend(all);
        backend.calls();
        return backend;
    }

    DeclaredBackend backend(Map<String, String> given) {
        Map<String, @Nullable String> values = values(given);
        Placeholders constants = new Placeholders(null, values, secrets, List.of(), Set.of());
        List<CaptureRule> rules = rules(constants, codes(given));
        SalesReporting sales = sales(given.get(SALES));
        Set<Event.Type> types = EnumSet.noneOf(Event.Type.class);
        root.get("calls").fields().forEach(call -> types.add(type(call)));
        root.get("calls").expect(!types.isEmpty(), "no call is declared", Place.oneOf(CALLS));
        String base = baseUrl(given.get(BASE_URL));
        String event = text(root, "lead-event-name");
        return new DeclaredBackend(
                name,
                rules,
                event == null ? DEFAULT_LEAD_EVENT_NAME : event,
                rateLimit(given.get(CALLS_PER_MINUTE)),
                sales.reports(types),
                root.find("checkout") != null && (sales == SalesReporting.CHECKOUT || !takesSalesBothWays()),
                () -> calls(values, rules, base));
    }

    private static Event.Type type(Place call) {
        return Event.Type.valueOf(call.key().toUpperCase(Locale.ROOT));
    }

    private Calls calls(Map<String, @Nullable String> values, List<CaptureRule> rules, String base) {
        Placeholders constants = new Placeholders(null, values, secrets, List.of(), Set.of());
        Map<Event.Type, Plan> plans = new EnumMap<>(Event.Type.class);
        Set<String> toldOfClicks = new HashSet<>();
        boolean replacesRefunds = false;
        for (Place call : root.get("calls").fields()) {
            Event.Type type = type(call);
            Placeholders placeholders = new Placeholders(type, values, secrets, rules, details);
            Plan plan = new CallReader(call.only(CALL_KEYS), type, placeholders, constants).plan(base, rules);
            plans.put(type, plan);
            if (type == Event.Type.CLICK) {
                toldOfClicks.addAll(placeholders.used());
            }
            replacesRefunds |= placeholders.used().stream().anyMatch(Placeholders::isSumOfRefunds);
        }
        checkCodes(plans);
        return new Calls(plans, toldOfClicks, replacesRefunds, checkout(values, rules));
    }

    private Map<String, @Nullable String> values(Map<String, String> given) {
        for (String key : given.keySet()) {
            if (!known().contains(key)) {
                throw new InvalidSettingException(name + "." + key, "there is no such setting", Place.oneOf(known()));
            }
        }
        Map<String, @Nullable String> values = new TreeMap<>();
        for (Setting setting : settings) {
            values.put(setting.name(), value(setting, given.get(setting.name())));
        }
        return values;
    }

    private @Nullable String value(Setting setting, @Nullable String given) {
        String key = name + "." + setting.name();
        if (given == null || given.isBlank()) {
            if (setting.required() && setting.defaultValue() == null) {
                String description = setting.description();
                throw new InvalidSettingException(
                        key, "the value is missing", description == null ? "Set it." : "Set it: " + description + ".");
            }
            return setting.defaultValue();
        }
        if (given.contains("${")) {
            throw new InvalidSettingException(
                    key, "the value is a placeholder that was never filled in", "Set the variable that it names.");
        }
        if (setting.secret() && !SECRET.matcher(given).matches()) {
            throw new InvalidSettingException(
                    key,
                    "the value is no secret: it has spaces or characters outside ASCII",
                    "Copy it from the vendor's settings page without quotes and line breaks.");
        }
        Pattern pattern = patterns.get(setting.name());
        if (pattern != null && !pattern.matcher(given).matches()) {
            throw new InvalidSettingException(
                    key,
                    (setting.secret() ? "the value" : "'" + given + "'") + " does not match " + pattern,
                    "Write a value that does.");
        }
        return given;
    }

    private String baseUrl(@Nullable String given) {
        if (given != null && !given.isBlank()) {
            return BaseUrl.of(name, given).uri().toString();
        }
        Place declared = root.find(BASE_URL);
        if (declared == null) {
            throw new InvalidSettingException(
                    name + "." + BASE_URL, "the value is missing", "Write the address of the vendor's API.");
        }
        try {
            return BaseUrl.of(name, declared.text()).uri().toString();
        } catch (InvalidSettingException noUrl) {
            throw declared.invalid(noUrl.problem(), "Write scheme and host, for example 'https://api.example.com'.");
        }
    }

    private SalesReporting sales(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return SalesReporting.API;
        }
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "api" -> SalesReporting.API;
            case "checkout" -> SalesReporting.CHECKOUT;
            default ->
                throw new InvalidSettingException(
                        name + "." + SALES, "'" + given + "' is not possible", "Write api or checkout.");
        };
    }

    private @Nullable RateLimit rateLimit(@Nullable String given) {
        if (given != null && !given.isBlank()) {
            if (!given.strip().matches("[0-9]{1,9}")) {
                throw new InvalidSettingException(
                        name + "." + CALLS_PER_MINUTE,
                        "'" + given + "' is not a number of calls",
                        "Write a positive number, or 0 for no limit.");
            }
            int calls = Integer.parseInt(given.strip());
            return calls == 0 ? null : new RateLimit(calls, Duration.ofMinutes(1));
        }
        Place rate = root.find("rate");
        return rate == null
                ? null
                : new RateLimit(rate.only(RATE_KEYS).get("calls").number(1, 1_000_000), Durations.of(rate.get("per")));
    }

    int callsPerMinute() {
        RateLimit rate = rateLimit(null);
        return rate == null
                ? 0
                : (int) (rate.calls()
                        * Duration.ofMinutes(1).toMillis()
                        / rate.per().toMillis());
    }

    /** Returns whether a rule may carry partners' codes: it says so, or a parameter has a generic name or that of a setting. */
    private static boolean mayCarryCodes(Place rule) {
        Place carries = rule.find("carries");
        Place parameters = rule.find("parameters");
        return (carries != null && !carries.text().equals("click-id"))
                || (parameters != null
                        && parameters.elements().stream()
                                .map(Place::text)
                                .anyMatch(name -> name.startsWith("{") || PartnerCodes.isGeneric(name)));
    }

    private PartnerCodes codes(Map<String, String> given) {
        String list = given.getOrDefault(CODES, "");
        String pattern = given.getOrDefault(CODE_PATTERN, "");
        List<String> codes = Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(code -> !code.isEmpty())
                .toList();
        return PartnerCodes.of(name + "." + CODE_PATTERN, codes, pattern.isBlank() ? null : pattern);
    }

    private List<CaptureRule> rules(Placeholders constants, PartnerCodes codes) {
        Place capture = root.get("capture");
        List<CaptureRule> rules = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Place place : capture.elements()) {
            CaptureRule rule = rule(place.only(CAPTURE_KEYS), constants);
            boolean code = rule.meaning() != Meaning.CLICK_ID
                    || rule.parameters().stream().anyMatch(PartnerCodes::isGeneric);
            rule = code ? rule.accepting(codes) : rule;
            rule.parameters()
                    .forEach(parameter -> place.expect(
                            taken.add(parameter),
                            "the parameter '" + parameter + "' is captured twice",
                            "Remove it from one of the rules."));
            rules.add(rule);
        }
        capture.expect(!rules.isEmpty(), "nothing is captured", "Add a rule with a cookie and its window.");
        return rules;
    }

    private CaptureRule rule(Place place, Placeholders constants) {
        Place cookie = place.get("cookie");
        Place landing = place.find("landing-cookie");
        Place length = place.find("max-length");
        Place carries = place.find("carries");
        Place encoding = place.find("encoding");
        Place window = place.get("window");
        CaptureRule rule = new CaptureRule(
                name,
                names(place.find("parameters"), constants),
                cookieName(cookie, constants),
                Durations.of(window, constant(window, constants)),
                length == null ? MAX_LENGTH : length.number(1, MAX_LENGTH),
                encoding != null && encoding.word(Set.of("raw", "percent")).equals("percent")
                        ? CookieEncoding.PERCENT
                        : CookieEncoding.RAW,
                flag(place, "script-readable"));
        String meaning = carries == null ? "click-id" : carries.word(Set.of("click-id", "code", "counted-code"));
        rule = switch (meaning) {
            case "code" -> rule.meaning(Meaning.EXCHANGED_CODE).keepingDetails(detailsOfClick);
            case "counted-code" -> rule.meaning(Meaning.COUNTED_CODE);
            default -> rule;
        };
        rule = flag(place, "across-hosts") ? rule.writtenAcrossHosts() : rule;
        rule = rule.forwarding(names(place.find("keep"), constants));
        return landing == null ? rule : rule.keepingLandingIn(cookieName(landing, constants));
    }

    private static String constant(Place place, Placeholders constants) {
        String fixed = Template.of(place, constants, Encoding.PLAIN).fixed();
        if (fixed == null) {
            throw place.invalid("the setting that it names is not set", "Give the setting a default.");
        }
        return fixed;
    }

    private static String cookieName(Place place, Placeholders constants) {
        String cookie = constant(place, constants);
        place.expect(
                COOKIE.matcher(cookie).matches() && !cookie.startsWith(CaptureRule.METADATA_COOKIE_PREFIX),
                "'" + cookie + "' cannot be the name of a cookie here",
                "Write letters, digits, hyphens and underscores, and do not begin with _reftrail_.");
        return cookie;
    }

    /** Returns the names of parameters; a setting may hold several, separated by commas. */
    private static List<String> names(@Nullable Place place, Placeholders constants) {
        List<String> names = new ArrayList<>();
        for (Place element : place == null ? List.<Place>of() : place.elements()) {
            Template template = Template.of(element, constants, Encoding.PLAIN);
            if (template.isNever()) {
                continue;
            }
            for (String parameter : String.valueOf(template.fixed()).split(",", -1)) {
                element.expect(
                        PARAMETER.matcher(parameter.strip()).matches(),
                        "'" + parameter + "' cannot be the name of a query parameter",
                        "Write visible ASCII without & = # + and %.");
                names.add(parameter.strip());
            }
        }
        return names;
    }

    /** Checks that the code of a click is reported and, if it has to be exchanged, that an answer teaches the click id. */
    private void checkCodes(Map<Event.Type, Plan> plans) {
        Plan click = plans.get(Event.Type.CLICK);
        for (Place rule : root.get("capture").elements()) {
            Place carries = rule.find("carries");
            String meaning = carries == null ? "click-id" : carries.text();
            if (carries != null && !meaning.equals("click-id") && click == null) {
                throw carries.invalid("no call reports the code", "Declare the call 'click'.");
            }
            if (carries != null && meaning.equals("code") && click != null) {
                boolean learnt = click.answers().stream()
                        .anyMatch(answer -> answer.learn().containsKey(Answer.CLICK_ID));
                carries.expect(
                        learnt, "no answer to a click teaches the click id", "Add 'learn' with 'click-id' to its row.");
            }
        }
        if (click != null) {
            boolean exchanges =
                    root.get("capture").elements().stream().anyMatch(rule -> "code".equals(text(rule, "carries")));
            for (Answer answer : click.answers()) {
                answer.place()
                        .expect(
                                !exchanges
                                        || answer.outcome().verdict() != Verdict.RECORDED
                                        || answer.learn().containsKey(Answer.CLICK_ID),
                                "a click that is recorded without a click id is lost",
                                "Add 'learn' with 'click-id' to the row, or write another outcome.");
            }
        }
    }

    private @Nullable CheckoutPlan checkout(Map<String, @Nullable String> values, List<CaptureRule> rules) {
        Place place = root.find("checkout");
        if (place == null) {
            return null;
        }
        Placeholders placeholders = new Placeholders(Event.Type.LEAD, values, secrets, rules, details);
        Place metadata = place.only(CHECKOUT_KEYS).find("metadata");
        Place reference = place.find("client-reference-id");
        if (metadata != null) {
            for (Place field : metadata.fields()) {
                field.expect(
                        METADATA_KEY.matcher(field.key()).matches(),
                        "'" + field.key() + "' cannot be a key of a payment provider's metadata",
                        "Write a letter, then letters, digits and underscores, at most 40 in all.");
            }
        }
        return new CheckoutPlan(
                metadata == null ? Fields.NONE : Fields.of(metadata, placeholders, Encoding.PLAIN),
                reference == null ? null : Template.of(reference, placeholders, Encoding.PLAIN));
    }

    /** The reader of one call. */
    private final class CallReader {

        private final Place call;
        private final Event.Type type;
        private final Placeholders placeholders;
        private final Placeholders constants;
        private final Map<String, String> credentials = new LinkedHashMap<>();
        private final List<Fields.Field> query = new ArrayList<>();

        CallReader(Place call, Event.Type type, Placeholders placeholders, Placeholders constants) {
            this.call = call;
            this.type = type;
            this.placeholders = placeholders;
            this.constants = constants.withSecrets();
        }

        Plan plan(String base, List<CaptureRule> rules) {
            Place method = call.find("method");
            String verb = method == null ? "POST" : method.text();
            call.expect(
                    METHOD.matcher(verb).matches(),
                    "'" + verb + "' is not a method",
                    "Write GET, POST, PUT, PATCH or DELETE.");
            Place declaredQuery = call.find("query");
            if (declaredQuery != null) {
                query.addAll(
                        Fields.of(declaredQuery, placeholders, Encoding.QUERY).fields());
            }
            authenticate();
            Fields headers = headers();
            if (headers.areFixed()) {
                credentials.putAll(headers.fixed());
            }
            return new Plan(
                    verb,
                    base,
                    path(),
                    new Fields(List.copyOf(query)),
                    headers.areFixed() ? Fields.NONE : headers,
                    Map.copyOf(credentials),
                    body(verb),
                    requirements(),
                    answers(),
                    repeat(),
                    deliverWithin(rules));
        }

        private Template path() {
            Place path = call.get("path");
            String text = path.text();
            path.expect(
                    text.startsWith("/") && text.replaceAll("\\{[^}]*}", "x").matches("(/[A-Za-z0-9._~!$'()*,;:@-]*)+"),
                    "'" + text + "' is no path",
                    "Begin with a slash, and put what follows a question mark into 'query'.");
            return Template.of(path, placeholders, Encoding.PATH);
        }

        private Fields headers() {
            List<Fields.Field> all = new ArrayList<>();
            for (Place headers : Arrays.asList(root.find("headers"), call.find("headers"))) {
                if (headers != null) {
                    all.addAll(Fields.headers(headers, placeholders).fields());
                }
            }
            return new Fields(List.copyOf(all));
        }

        private void authenticate() {
            Place own = call.find("authentication");
            if (own != null && own.node().isString()) {
                own.word(Set.of("none"));
                return;
            }
            Place place = own == null ? root.find("authentication") : own;
            if (place == null) {
                return;
            }
            for (Place way : place.only(AUTHENTICATION_KEYS).fields()) {
                switch (way.key()) {
                    case "bearer" -> credentials.put("Authorization", "Bearer " + header(way));
                    case "basic" -> credentials.put("Authorization", "Basic " + basic(way.only(BASIC_KEYS)));
                    case "header" -> named(way);
                    default ->
                        query.addAll(Fields.of(way, constants, Encoding.QUERY).fields());
                }
            }
        }

        private String header(Place way) {
            String value = Template.of(way, constants, Encoding.HEADER).fixed();
            if (value == null) {
                throw way.invalid("the setting that it names is not set", "Declare the setting as required.");
            }
            return value;
        }

        private String basic(Place way) {
            String user =
                    Template.of(way.get("user"), constants, Encoding.PLAIN).fixed();
            Place password = way.find("password");
            String secret = password == null
                    ? ""
                    : Template.of(password, constants, Encoding.PLAIN).fixed();
            if (user == null || secret == null) {
                throw way.invalid("a setting that it names is not set", "Declare the setting as required.");
            }
            return Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
        }

        private void named(Place way) {
            for (Place header : way.fields()) {
                Fields.Field field = Fields.header(header, header.key(), header, constants);
                String value = field.value().fixed();
                if (value != null) {
                    credentials.put(field.name(), value);
                }
            }
        }

        private @Nullable Body body(String verb) {
            Place json = call.find("json");
            Place form = call.find("form");
            call.expect(json == null || form == null, "a call has one body", "Remove 'json' or 'form'.");
            Place body = json == null ? form : json;
            if (body != null) {
                body.expect(!verb.equals("GET"), "a GET has no body", "Use 'query', or another method.");
            }
            if (json != null) {
                return new Body.Json(JsonBody.of(json, placeholders, type));
            }
            return form == null ? null : new Body.Form(Fields.of(form, placeholders, Encoding.FORM));
        }

        private List<Requirement> requirements() {
            Place requires = call.find("requires");
            List<Requirement> all = new ArrayList<>();
            for (Place requirement : requires == null ? List.<Place>of() : requires.elements()) {
                requirement.only(REQUIRES_KEYS);
                Place reason = requirement.get("reason");
                reason.expect(
                        REASON.matcher(reason.text()).matches(),
                        "a reason is one line of printable ASCII, at most 180 characters",
                        "Shorten it.");
                Place outcome = requirement.find("outcome");
                String verdict = outcome == null ? "ignored" : outcome.word(Set.of("ignored", "rejected", "recorded"));
                all.add(new Requirement(
                        Template.of(requirement.get("value"), placeholders, Encoding.PLAIN),
                        Outcome.of(Verdict.valueOf(verdict.toUpperCase(Locale.ROOT)), reason.text())));
            }
            return List.copyOf(all);
        }

        private List<Answer> answers() {
            Place answers = call.get("answers");
            List<Answer> all = answers.elements().stream()
                    .map(answer -> Answer.of(answer, type))
                    .toList();
            answers.expect(
                    all.stream().anyMatch(answer -> answer.outcome().verdict() == Verdict.RECORDED),
                    "no answer records the event",
                    "Add a row with the outcome 'recorded'.");
            return all;
        }

        private Repeat repeat() {
            Place repeat = call.get("repeat");
            return Repeat.valueOf(repeat.word(Set.of("recognised", "at-least-once", "at-most-once"))
                    .toUpperCase(Locale.ROOT)
                    .replace('-', '_'));
        }

        private Duration deliverWithin(List<CaptureRule> rules) {
            Place within = call.find("deliver-within");
            if (within != null) {
                Duration span = Durations.of(within);
                within.expect(
                        span.compareTo(LONGEST_DELIVERY) <= 0, "an event is kept for 90 days at most", "Write '90d'.");
                return span;
            }
            Duration window = DeclaredBackend.longestWindow(rules);
            boolean byClick = type == Event.Type.CLICK || type == Event.Type.LEAD;
            return byClick && window.compareTo(LONGEST_DELIVERY) < 0 ? window : LONGEST_DELIVERY;
        }
    }
}
