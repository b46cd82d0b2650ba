package io.reftrail.benchmarks.startup;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;
import org.springframework.boot.context.metrics.buffering.StartupTimeline.TimelineEvent;
import org.springframework.core.metrics.StartupStep;

/** How long Reftrail's beans have taken to be made, each without those that were made for it, by Spring's own account. */
final class BeanTimes {

    private static final int MOST_STEPS = 10_000;

    private final BufferingApplicationStartup startup = new BufferingApplicationStartup(MOST_STEPS);

    BufferingApplicationStartup startup() {
        return startup;
    }

    /** Writes milliseconds by name, as {@link #parse} reads them. */
    @Override
    public String toString() {
        Map<Long, Long> ofParts = new HashMap<>();
        Map<String, Long> nanos = new TreeMap<>();
        for (TimelineEvent event : startup.getBufferedTimeline().getEvents()) {
            Long whole = event.getStartupStep().getParentId();
            if (whole != null) {
                ofParts.merge(whole, event.getDuration().toNanos(), Long::sum);
            }
        }
        for (TimelineEvent event : startup.getBufferedTimeline().getEvents()) {
            String bean = bean(event.getStartupStep());
            long parts = ofParts.getOrDefault(event.getStartupStep().getId(), 0L);
            if (bean.startsWith("reftrail") || bean.startsWith("referral")) {
                nanos.merge(name(bean), event.getDuration().toNanos() - parts, Long::sum);
            }
        }
        return nanos.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() / 1_000_000.0)
                .collect(Collectors.joining(" "));
    }

    private static String bean(StartupStep step) {
        return StreamSupport.stream(step.getTags().spliterator(), false)
                .filter(tag -> tag.getKey().equals("beanName"))
                .map(StartupStep.Tag::getValue)
                .findFirst()
                .orElse("");
    }

    private static String name(String bean) {
        return bean.substring(bean.lastIndexOf('.') + 1);
    }

    static Map<String, Double> parse(String text) {
        Map<String, Double> times = new TreeMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(" ")) {
            int equals = pair.indexOf('=');
            times.put(pair.substring(0, equals), Double.parseDouble(pair.substring(equals + 1)));
        }
        return times;
    }
}
