package io.reftrail.spring.boot;

import io.reftrail.model.InvalidSettingException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which property cannot work and what to write instead. */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

    private static final String PREFIX = "reftrail.";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
        String description =
                "Reftrail cannot use the property " + PREFIX + cause.setting() + ": " + cause.problem() + ".";
        return new FailureAnalysis(description, cause.action(PREFIX), cause);
    }
}
