package io.reftrail.spring.boot;

import io.reftrail.outbox.OutboxException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says that the database was away when the application started, and how to start without it. */
final class OutboxFailureAnalyzer extends AbstractFailureAnalyzer<OutboxException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, OutboxException cause) {
        return new FailureAnalysis(
                "Reftrail cannot keep leads: " + cause.getMessage() + ".",
                "Check the database of the application's DataSource, or keep leads in a file with"
                        + " reftrail.outbox.store=embedded.",
                cause);
    }
}
