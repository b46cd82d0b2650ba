package io.reftrail.spring.boot;

import io.reftrail.model.InvalidSettingException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** An analyzer of invalid properties. It names the property and the line to write instead. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

    private static final String PREFIX = "reftrail.";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
        String property = PREFIX + cause.setting();
        String remedy = cause.remedy();
        String line = remedy == null ? new PropertyMetadata().line(property) : PREFIX + remedy;
        return new FailureAnalysis(
                "Reftrail cannot use the property " + property + ": " + cause.problem() + ".",
                action(cause.action(PREFIX), line),
                cause);
    }

    /** Returns an action, with a line to write below it if there is one. */
    static String action(String action, @Nullable String line) {
        return line == null ? action : action + String.format(" For example:%n%n    %s", line);
    }
}
