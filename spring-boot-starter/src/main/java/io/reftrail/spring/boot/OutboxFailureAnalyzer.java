package io.reftrail.spring.boot;

import io.reftrail.outbox.OutboxException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** An analyzer of a database that is unavailable at the start. It says how to start without it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OutboxFailureAnalyzer extends AbstractFailureAnalyzer<OutboxException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, OutboxException cause) {
        return new FailureAnalysis(
                "Reftrail cannot keep leads: " + cause.getMessage() + ".",
                InvalidSettingFailureAnalyzer.action(
                        "Check the database of the application's DataSource, or keep leads in a file.",
                        "reftrail.outbox.store=embedded"),
                cause);
    }
}
