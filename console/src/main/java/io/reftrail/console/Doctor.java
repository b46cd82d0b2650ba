package io.reftrail.console;

import io.reftrail.Monitoring;
import io.reftrail.Reftrail;
import io.reftrail.ReftrailOperations.KeyCheck;
import io.reftrail.outbox.OutboxException;
import io.reftrail.spring.boot.StartReport;
import io.reftrail.spring.boot.StartReport.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;

/** The findings of the start, and checks that can be made at any time. */
final class Doctor {

    /** The difference between the two clocks up to which the time need not be corrected. */
    private static final Duration SKEW = Duration.ofSeconds(2);

    private final Reftrail reftrail;
    private final Monitoring monitoring;
    private final ObjectProvider<StartReport> start;
    private final ConsoleAccess access;

    Doctor(Reftrail reftrail, Monitoring monitoring, ObjectProvider<StartReport> start, ConsoleAccess access) {
        this.reftrail = reftrail;
        this.monitoring = monitoring;
        this.start = start;
        this.access = access;
    }

    /**
     * The reply.
     *
     * @param findings what works and what does not
     * @param backends the backends whose keys can be checked
     */
    record Reply(List<Finding> findings, List<String> backends) {}

    Reply read() {
        List<Finding> findings = new ArrayList<>();
        start.stream().flatMap(report -> report.findings().stream()).forEach(findings::add);
        Optional.ofNullable(access.finding()).ifPresent(findings::add);
        findings.addAll(outbox());
        return new Reply(findings, reftrail.backends());
    }

    private List<Finding> outbox() {
        try {
            long before = System.nanoTime();
            Duration skew = monitoring.clockSkew();
            long millis = Duration.ofNanos(System.nanoTime() - before).toMillis();
            boolean near = skew.abs().compareTo(SKEW) < 0;
            String clock = "The outbox's clock and this process's differ by "
                    + skew.abs().toMillis() + " ms";
            int nodes = monitoring.nodes().size();
            return List.of(
                    new Finding(true, "The outbox answers, in " + millis + " ms"),
                    new Finding(near, near ? clock : clock + ". Set the time by NTP on both machines."),
                    new Finding(true, nodes == 1 ? "This process alone delivers" : nodes + " processes deliver"));
        } catch (OutboxException away) {
            return List.of(
                    new Finding(
                            false,
                            "The outbox does not answer: " + away.getMessage()
                                    + ". Repair the database or the disk; leads are refused meanwhile, and visitors keep their cookies."));
        }
    }

    /** Asks a vendor whether it accepts the key, by a call that records nothing. */
    Finding checkKey(String backend) {
        KeyCheck check = reftrail.operations().checkKey(backend);
        String text =
                switch (check) {
                    case ACCEPTED -> backend + " answers and accepts the key";
                    case REFUSED -> backend + " refuses the key. Correct the properties reftrail." + backend + ".*";
                    case UNCLEAR ->
                        backend + " answers, but not about the API key. Ask the vendor, or look at the last calls.";
                    case UNREACHABLE ->
                        backend + " does not answer. Check the network, a proxy, and reftrail." + backend
                                + ".base-url.";
                    case NOT_DOCUMENTED ->
                        backend + " documents no call that shows whether a key is valid; the last calls show it";
                };
        return new Finding(check == KeyCheck.ACCEPTED || check == KeyCheck.NOT_DOCUMENTED, text);
    }
}
