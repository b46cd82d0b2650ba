package io.reftrail.capture;

import io.reftrail.capture.ParameterScanner.Pair;
import io.reftrail.capture.ParameterScanner.Scan;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the clicks that are reported to a backend. */
final class ClickFactory {

    private final Map<CaptureRule, ParameterScanner> forwarded;

    ClickFactory(List<CaptureRule> rules) {
        Map<CaptureRule, ParameterScanner> scanners = new HashMap<>();
        rules.stream()
                .filter(rule -> !rule.forwarded().isEmpty())
                .forEach(rule -> scanners.put(rule, new ParameterScanner(rule.forwarded())));
        this.forwarded = Map.copyOf(scanners);
    }

    /** Returns the click of a landing. */
    Click landed(CaptureRule rule, Attribution attribution, String code, Visit visit, Visitor visitor, Instant now) {
        return new Click(
                attribution,
                code,
                visit.url(),
                visit.referrer(),
                visitor.userAgent(),
                visitor.ipAddress(),
                forwarded(rule, visit.rawQuery()),
                now);
    }

    private Map<String, String> forwarded(CaptureRule rule, @Nullable String query) {
        ParameterScanner scanner = forwarded.get(rule);
        Scan scan = scanner == null || query == null ? null : scanner.scan(query);
        if (scan == null) {
            return Map.of();
        }
        Map<String, String> values = new TreeMap<>();
        for (Pair pair : scan.pairs()) {
            String value = PercentEncoding.decode(pair.rawValue());
            if (value != null && !value.isEmpty()) {
                values.putIfAbsent(pair.name(), value);
            }
        }
        return values;
    }
}
