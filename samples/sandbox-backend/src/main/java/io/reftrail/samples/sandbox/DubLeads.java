package io.reftrail.samples.sandbox;

import static java.util.Objects.requireNonNullElse;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Dub's leads, docs/contracts/dub.md sections 3.1 and 4, poison included: customer and event are claimed for a week before the
 * click is looked up, so what failed with a 404 is a duplicate the next time. {@code deferred} makes a customer only and
 * claims nothing; a customer stays with the link of the first click. A lead of the mode {@code async} is not found by a
 * sale that names it until it is written, which takes as long as the setting says: the contract gives no time.
 *
 * <p>An absent {@code customerExternalId} is 400, an empty one too; a body that is no JSON is 400, any other field 422.
 */
@Component
final class DubLeads {

    private static final String NAME = DubDialect.NAME;

    private final DubDialect.Settings settings;
    private final Ledger ledger;
    private final Customers customers;
    private final Claims claims;
    private final DubReplies replies;

    DubLeads(DubDialect.Settings settings, Ledger ledger, Customers customers, Claims claims, DubReplies replies) {
        this.settings = settings;
        this.ledger = ledger;
        this.customers = customers;
        this.claims = claims;
        this.replies = replies;
    }

    Answer lead(VendorCall call) {
        JsonBody body = call.body();
        @Nullable String malformed = body.problem();
        String clickId = requireNonNullElse(body.nullable("clickId", Integer.MAX_VALUE), "")
                .trim();
        String event = requireNonNullElse(body.nullable("eventName", 255), "");
        DubCustomer customer = DubCustomer.of(body);
        String mode = body.oneOf("mode", List.of("async", "wait", "deferred"));
        BigDecimal quantity = requireNonNullElse(body.number("eventQuantity"), BigDecimal.ONE);
        body.nullableObject("metadata", 10_000);
        Subject subject = new Subject(null, customer.externalId(), customer.email(), clickId);
        if (malformed != null || customer.externalId().isEmpty()) {
            String why = requireNonNullElse(malformed, "customerExternalId is required");
            return DubReplies.refused(400, why, subject);
        }
        if (event.isEmpty()) {
            body.refuse("eventName is required");
        }
        if (quantity.stripTrailingZeros().scale() > 0
                || quantity.signum() <= 0
                || quantity.compareTo(BigDecimal.valueOf(100)) > 0) {
            body.refuse("eventQuantity must be a whole number from 1 to 100");
        }
        @Nullable String problem = body.problem();
        if (problem != null) {
            return DubReplies.refused(422, problem, subject);
        }
        Optional<Customer> known = customers.byExternalId(NAME, customer.externalId());
        if (clickId.isEmpty() && known.isEmpty()) {
            return DubReplies.refused(400, "clickId is blank and the customer has none either", subject);
        }
        String click = clickId.isEmpty() ? known.get().click().id() : clickId;
        boolean deferred = mode.equals("deferred");
        if (deferred || claim(customer, event)) {
            if (mode.equals("async")) {
                claims.take(NAME, unwritten(customer.externalId(), event), settings.leadDelay(), "");
            }
            return attribute(click, customer, deferred ? 0 : quantity.intValue(), event, subject);
        }
        return new Answer(
                200,
                DubReplies.lead(click, null, customer),
                Verdict.DUPLICATE,
                "customer and event were claimed before",
                subject);
    }

    private boolean claim(DubCustomer customer, String event) {
        String name = event.toLowerCase(Locale.ROOT).replace(' ', '-');
        return claims.take(NAME, "lead:" + name + ":" + customer.externalId(), settings.leadWindow(), "")
                .isEmpty();
    }

    private Answer attribute(String clickId, DubCustomer customer, int quantity, String event, Subject subject) {
        Optional<Click> found = ledger.find(NAME, clickId);
        if (found.isEmpty()) {
            return DubReplies.refused(404, "Click event not found for clickId.", subject);
        }
        Click click = found.get();
        Subject referred = subject.referredBy(click);
        keep(click, customer);
        Object reply = DubReplies.lead(clickId, replies.link(click.partner()), customer);
        if (quantity == 0) {
            return new Answer(200, reply, Verdict.IGNORED, "deferred: a customer, not a lead yet", referred);
        }
        for (int i = 0; i < quantity; i++) {
            ledger.count(new Conversion(
                    Conversion.Kind.LEAD, click, key(customer.externalId(), event), Duration.ZERO, null));
        }
        return new Answer(200, reply, Verdict.RECORDED, "a new lead, credited to " + click.partner(), referred);
    }

    private synchronized void keep(Click click, DubCustomer customer) {
        if (customers.byExternalId(NAME, customer.externalId()).isEmpty()) {
            customers.add(click, customer.externalId(), "customer");
        }
    }

    /** Claimed while a lead of the mode {@code async} is answered and not yet written. */
    static String unwritten(String externalId, String event) {
        return "unwritten:" + key(externalId, event);
    }

    /** Under which a lead is found by its exact event name. */
    static String key(String externalId, String event) {
        return event.length() + ":" + event + externalId;
    }
}
