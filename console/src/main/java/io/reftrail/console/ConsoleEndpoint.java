package io.reftrail.console;

import io.reftrail.Monitoring;
import io.reftrail.Reftrail;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.spring.boot.StartReport;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The actuator endpoint {@code reftrail-console}: a page for operators, its files, the data that it shows and the actions that it
 * offers. Nothing is read before an operator opens it. An action is logged with its actor.
 */
@WebEndpoint(id = ConsoleEndpoint.ID)
final class ConsoleEndpoint {

    static final String ID = "reftrailConsole";

    /** The logger of actions. */
    static final String AUDIT = "io.reftrail.audit";

    private static final Logger audit = LoggerFactory.getLogger(AUDIT);

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final String ALL = "*/*";

    private final Reftrail reftrail;
    private final Monitoring monitoring;
    private final ConsoleAccess access;
    private final Funnel funnel;
    private final Vendors vendors;
    private final CustomerStory customers;
    private final Doctor doctor;

    ConsoleEndpoint(Reftrail reftrail, Monitoring monitoring, ObjectProvider<StartReport> start, ConsoleAccess access) {
        this.reftrail = reftrail;
        this.monitoring = monitoring;
        this.access = access;
        this.funnel = new Funnel(reftrail, monitoring);
        this.vendors = new Vendors(reftrail, monitoring);
        this.customers = new CustomerStory(reftrail);
        this.doctor = new Doctor(reftrail, monitoring, start, access);
    }

    /** Returns the page. */
    @ReadOperation(produces = ALL)
    ResponseEntity<byte[]> page(SecurityContext context) {
        if (!access.mayRead(context)) {
            return refused();
        }
        return ConsolePage.html(request());
    }

    /** Returns a file of the page, or data. Parameters of the query choose the funnel's {@code range} and {@code backend}. */
    @ReadOperation(produces = ALL)
    ResponseEntity<byte[]> read(
            @Selector(match = Selector.Match.ALL_REMAINING) String[] path, SecurityContext context) {
        if (!access.mayRead(context)) {
            return refused();
        }
        HttpServletRequest request = request();
        return switch (String.join("/", path)) {
            case "data/funnel" ->
                answer(() ->
                        funnel.read(Funnel.Range.of(request.getParameter("range")), request.getParameter("backend")));
            case "data/vendors" -> answer(vendors::read);
            case "data/doctor" -> answer(doctor::read);
            default -> path.length == 1 ? ConsolePage.file(path[0]) : status(HttpStatus.NOT_FOUND);
        };
    }

    /**
     * Looks a customer up, or performs an action. The customer's id is in the body, so that no log of requests contains it.
     *
     * @param subject what the action concerns: the application's id of a customer, the name of a backend, or the id of a dead event or
     *     a withheld lead
     */
    @WriteOperation(produces = ALL)
    ResponseEntity<byte[]> act(
            @Selector(match = Selector.Match.ALL_REMAINING) String[] path, String subject, SecurityContext context) {
        if (!access.mayRead(context)) {
            return refused();
        }
        if (!ConsoleAccess.isFromThePage(request())) {
            return json(HttpStatus.FORBIDDEN, Map.of("error", "an action comes from the console's own page only"));
        }
        String actor = ConsoleAccess.actor(context);
        return switch (String.join("/", path)) {
            case "customer" -> answer(() -> customers.tell(subject));
            case "export" -> answer(() -> export(subject, actor));
            case "forget" -> answer(() -> forget(subject, actor));
            case "resume" -> ofActive(subject, () -> resume(subject, actor));
            case "check" -> ofActive(subject, () -> doctor.checkKey(subject));
            case "replay-all" -> ofActive(subject, () -> replayAll(subject, actor));
            case "replay" -> answer(() -> replay(subject, actor));
            case "discard" -> answer(() -> discard(subject, actor));
            case "release" -> answer(() -> release(subject, actor));
            case "release-all" -> ofActive(subject, () -> releaseAll(subject, actor));
            case "decline" -> answer(() -> decline(subject, actor));
            default -> status(HttpStatus.NOT_FOUND);
        };
    }

    private ResponseEntity<byte[]> ofActive(String backend, Supplier<?> action) {
        return reftrail.backends().contains(backend)
                ? answer(action)
                : json(HttpStatus.BAD_REQUEST, Map.of("error", "no active backend has this name"));
    }

    private Map<String, Integer> replayAll(String backend, String actor) {
        int replayed = reftrail.operations().replayDead(backend);
        return done(replayed, actor, "replayed the dead events of " + backend);
    }

    private Map<String, Integer> replay(String id, String actor) {
        return done(outbox().replay(id) ? 1 : 0, actor, "replayed the dead event " + known(id));
    }

    private Map<String, Integer> discard(String id, String actor) {
        return done(outbox().discard(id) ? 1 : 0, actor, "discarded the dead event " + known(id));
    }

    private Map<String, Integer> release(String id, String actor) {
        return done(reftrail.operations().release(id) ? 1 : 0, actor, "released the withheld lead " + known(id));
    }

    private Map<String, Integer> releaseAll(String backend, String actor) {
        return done(reftrail.operations().releaseHeld(backend), actor, "released the held leads of " + backend);
    }

    private Map<String, Integer> decline(String id, String actor) {
        return done(
                reftrail.operations().discardWithheld(id) ? 1 : 0, actor, "discarded the withheld lead " + known(id));
    }

    private Map<String, Integer> resume(String backend, String actor) {
        return done(monitoring.resume(backend) ? 1 : 0, actor, "ended the pause of " + backend + " on all nodes");
    }

    private Map<String, Integer> forget(String customer, String actor) {
        return done(reftrail.forget(customer), actor, "erased what is stored of a customer");
    }

    private JsonNode export(String customer, String actor) {
        JsonNode exported = MAPPER.readTree(reftrail.export(customer));
        done(1, actor, "exported what is stored of a customer");
        return exported;
    }

    private Outbox outbox() {
        return reftrail.operations().outbox();
    }

    private static Map<String, Integer> done(int count, String actor, String what) {
        audit.info("{} {}: {}", actor, what, count);
        return Map.of("done", count);
    }

    /** Returns the id for the log. It comes from the browser, so it may be any text. */
    private static String known(String id) {
        return id.matches("[0-9a-f]{1,32}") ? id : "of an unknown id";
    }

    private static ResponseEntity<byte[]> answer(Supplier<?> content) {
        try {
            return json(HttpStatus.OK, content.get());
        } catch (OutboxException away) {
            return json(HttpStatus.SERVICE_UNAVAILABLE, Map.of("error", "the outbox cannot be reached"));
        }
    }

    private static ResponseEntity<byte[]> refused() {
        return json(HttpStatus.FORBIDDEN, Map.of("error", "sign in first"));
    }

    private static ResponseEntity<byte[]> status(HttpStatus status) {
        return json(status, Map.of("error", "there is no such thing"));
    }

    private static ResponseEntity<byte[]> json(HttpStatus status, Object content) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .body(MAPPER.writeValueAsString(content).getBytes(StandardCharsets.UTF_8));
    }

    /** The endpoint's operations are called by a servlet only. */
    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }
}
