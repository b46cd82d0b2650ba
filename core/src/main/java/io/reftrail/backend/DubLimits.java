package io.reftrail.backend;

import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What Dub takes: a lead or sale beyond its limits fails as a whole, so what may be left out is (docs/contracts/dub.md, section 3). */
final class DubLimits {

    /** For the customer's id, name and address (section 3.1). */
    static final int MAX_TEXT = 100;

    private static final int MAX_METADATA = 10_000;

    /** What Dub has been seen to take for a robot in a user agent (section 3.2). */
    private static final List<String> ROBOTS = List.of("http", "curl", "node");

    /** What can stand in a header as it is. */
    private static final Pattern USER_AGENT = Pattern.compile("[\\x20-\\x7e]+");

    private DubLimits() {}

    static @Nullable Outcome withoutCall(Event event) {
        if (event instanceof Click click) {
            return isPerson(click.userAgent())
                    ? null
                    : Outcome.of(Verdict.IGNORED, "Dub would take the visitor's user agent for a robot's");
        }
        String customerId = event.customerId();
        return customerId != null && customerId.length() > MAX_TEXT
                ? Outcome.of(Verdict.REJECTED, "Dub takes no customer id longer than " + MAX_TEXT + " characters")
                : null;
    }

    /** For a robot, Dub gives out a click id that it never records, so that the lead would be refused (section 3.2). */
    private static boolean isPerson(@Nullable String userAgent) {
        if (userAgent == null
                || userAgent.isBlank()
                || !USER_AGENT.matcher(userAgent).matches()) {
            return false;
        }
        String agent = userAgent.toLowerCase(Locale.ROOT);
        return ROBOTS.stream().noneMatch(agent::contains);
    }

    static void putMetadata(ObjectNode body, ObjectNode metadata) {
        if (metadata.toString().length() <= MAX_METADATA) {
            Json.putObject(body, "metadata", metadata);
        }
    }
}
