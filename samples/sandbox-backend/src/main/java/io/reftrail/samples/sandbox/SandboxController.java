package io.reftrail.samples.sandbox;

import io.reftrail.samples.sandbox.CallFeed.Call;
import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.Faults.Fault;
import io.reftrail.samples.sandbox.Statistics.Funnel;
import io.reftrail.samples.sandbox.Statistics.FunnelQuery;
import io.reftrail.samples.sandbox.stripe.StripeAccount;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The sandbox's own endpoints, for its page and for tests: list the calls, order faults, start afresh. */
@RestController
@RequestMapping("/sandbox")
class SandboxController {

    private final List<Dialect> dialects;
    private final Faults faults;
    private final CallFeed feed;
    private final Ledger ledger;
    private final RateLimits limits;
    private final FunnelQuery funnel;
    private final StripeAccount stripe;

    SandboxController(
            List<Dialect> dialects,
            Faults faults,
            CallFeed feed,
            Ledger ledger,
            RateLimits limits,
            FunnelQuery funnel,
            StripeAccount stripe) {
        this.dialects = dialects;
        this.faults = faults;
        this.feed = feed;
        this.ledger = ledger;
        this.limits = limits;
        this.funnel = funnel;
        this.stripe = stripe;
    }

    @GetMapping("/calls")
    List<Call> calls(@RequestParam(defaultValue = "0") long after, @RequestParam(defaultValue = "10000") int limit) {
        return feed.after(after, limit);
    }

    @GetMapping("/funnel")
    Funnel funnel() {
        return funnel.run();
    }

    @GetMapping("/vendors")
    List<VendorView> vendors() {
        return dialects.stream().map(VendorView::of).toList();
    }

    @GetMapping("/links")
    List<Link> links() {
        return dialects.stream()
                .flatMap(dialect -> dialect.vendor().partners().stream()
                        .map(code ->
                                new Link(dialect.name(), code, dialect.vendor().linkPath() + code)))
                .toList();
    }

    @GetMapping("/faults")
    List<Fault> faults() {
        return faults.pending();
    }

    @PostMapping("/faults")
    @ResponseStatus(HttpStatus.CREATED)
    Fault order(@RequestBody Fault.Order order) {
        Fault fault = order.fault(dialects).orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
        faults.add(fault);
        return fault;
    }

    @DeleteMapping("/faults")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void clearFaults() {
        faults.clear();
    }

    @PostMapping("/reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reset() {
        faults.clear();
        feed.empty();
        ledger.empty();
        limits.clear();
        stripe.empty();
    }

    /** A partner link to click on. */
    record Link(String vendor, String partner, String path) {}

    /**
     * The kinds of calls of a vendor, as {@code GET /sandbox/vendors} shows them. A rate between two stages makes sense
     * only where a vendor counts both, and numbers alone do not tell a vendor that takes no leads from one that has got
     * none yet.
     *
     * @param counts the stages of the funnel that there can be
     * @param endpoints the kinds of calls that there can be, so that a fault can meet
     */
    record VendorView(String vendor, Set<CallKind> counts, Set<CallKind> endpoints) {

        static VendorView of(Dialect dialect) {
            Set<CallKind> endpoints = EnumSet.noneOf(CallKind.class);
            dialect.endpoints().forEach(endpoint -> endpoints.add(endpoint.kind()));
            return new VendorView(dialect.name(), dialect.counts(), endpoints);
        }
    }
}
