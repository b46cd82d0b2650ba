package io.reftrail.benchmarks;

import io.reftrail.Reftrail;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.capture.Visit;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code benchmarks/run declared}: one vendor, written in Java and declared as data. A request is a landing and a sign-up's look for its
 * click; an event is the call for a lead and the meaning of its answer. Ends with 1 if the two send different calls. Time is the
 * thread's time on a processor, and the rounds are short, so that other work on the machine matters little.
 */
public final class Declared {

    private static final Map<String, String> OPTIONS = Map.of("warm-ups", "10", "rounds", "60");

    private static final int BATCH = 20_000;

    private static final String WRITTEN = "written in Java";
    private static final String DECLARED = "declared";

    /** Introw's conversions, as {@link IntrowBackend} reports sign-ups. */
    private static final String INTROW = """
            {
              "name": "introw",
              "base-url": "https://api.introw.io",
              "settings": {"api-key": {"secret": true, "required": true}},
              "capture": [{"parameters": ["irw_id"], "cookie": "_introw_aff", "window": "90d", "max-length": 256, "script-readable": true}],
              "authentication": {"header": {"x-api-key": "{setting.api-key}"}},
              "calls": {
                "lead": {
                  "path": "/api/v1/affiliate/conversions",
                  "json": {"clickId": "{click-id}", "email": "{customer.email | email}", "properties": "{metadata}"},
                  "repeat": "recognised",
                  "answers": [
                    {"status": "2xx", "at": "/status", "is": "recorded", "outcome": "recorded"},
                    {"status": "2xx", "at": "/status", "is": "duplicate", "outcome": "duplicate", "reason": "this click has already converted"},
                    {"status": "2xx", "at": "/status", "is": "ignored", "outcome": "ignored", "reason": "click token expired, malformed or of another campaign"}
                  ]
                }
              }
            }
            """;

    private static final String QUERY = "utm_source=blog&irw_id=k3Vt9QxLm2Za8RbE&plan=pro";
    private static final String COOKIES = "theme=dark; _introw_aff=k3Vt9QxLm2Za8RbE; session=0123456789abcdef";

    private Declared() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        Benchmark.main("declared", arguments, OPTIONS, Declared::measure);
    }

    private static boolean measure(Benchmark.Options options, Path directory) throws Exception {
        TrackingBackend written = IntrowBackend.of("key");
        TrackingBackend declared = BackendDeclaration.of("introw", INTROW).backend(Map.of("api-key", "key"));
        Lead lead = Lead.of(
                        new Attribution("introw", "k3Vt9QxLm2Za8RbE", Instant.EPOCH),
                        Customer.of("u-5521").withEmail("kim@example.org"),
                        written.leadEventName(),
                        Instant.EPOCH)
                .withMetadata(Map.of("plan", "pro"));
        HttpReply reply = new HttpReply(201, null, "{\"status\":\"recorded\",\"id\":\"cnv_1\"}", Instant.EPOCH);
        if (!isSame(written.call(lead), declared.call(lead))
                || !written.outcome(lead, reply).equals(declared.outcome(lead, reply))) {
            System.out.println("The two backends say different things: nothing is measured.");
            return false;
        }
        compare(options, "an event", "events/s", event(written, lead, reply), event(declared, lead, reply));
        try (Reftrail byClass = Reftrail.builder().backend(written).build();
                Reftrail byData = Reftrail.builder().backend(declared).build()) {
            compare(options, "a request", "requests/s", request(byClass), request(byData));
        }
        System.out.println("Goal: 0.95 or more in both.");
        return true;
    }

    private static void compare(
            Benchmark.Options options, String what, String unit, Threads.Operation written, Threads.Operation declared)
            throws Exception {
        Map<String, Rounds.Measurement> contenders = new LinkedHashMap<>();
        contenders.put(WRITTEN, () -> perSecond(written));
        contenders.put(DECLARED, () -> perSecond(declared));
        Rounds rounds = Rounds.run(options.number("warm-ups"), options.number("rounds"), contenders);
        System.out.println(rounds.table(what + ", 1 thread, " + options.number("rounds") + " rounds", unit));
    }

    private static double perSecond(Threads.Operation operation) throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (int done = 0; done < BATCH; done++) {
            operation.run();
        }
        return BATCH * 1e9 / (threads.getCurrentThreadCpuTime() - start);
    }

    private static boolean isSame(HttpCall one, HttpCall other) {
        return one.uri().equals(other.uri())
                && one.headers().equals(other.headers())
                && one.body().equals(other.body());
    }

    /** Fails where an outcome is missing, so that the compiler leaves nothing out. */
    private static Threads.Operation event(TrackingBackend backend, Lead lead, HttpReply reply) {
        return () -> {
            @Nullable Outcome unsent = backend.outcomeWithoutCall(lead);
            HttpCall call = backend.call(lead);
            Outcome outcome = backend.outcome(lead, reply);
            if (unsent != null || call.body().isEmpty() || !outcome.verdict().isFinal()) {
                throw new IllegalStateException("the lead was not recorded");
            }
        };
    }

    private static Threads.Operation request(Reftrail reftrail) {
        return () -> {
            @Nullable CapturedQuery query = reftrail.visits().capture().read(QUERY);
            HeaderExchange exchange = HeaderExchange.of(COOKIES, true);
            if (query == null || reftrail.attributions(exchange).size() != 1) {
                throw new IllegalStateException("there is no click");
            }
            reftrail.visits().recordLanding(query.clicks().get(0), exchange, Visit.UNKNOWN);
        };
    }
}
