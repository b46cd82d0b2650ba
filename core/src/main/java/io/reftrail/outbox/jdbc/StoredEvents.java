package io.reftrail.outbox.jdbc;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as the JSON that {@code reftrail_event} holds. The attribution has a column of its own, because it stays when the event
 * is settled; the payload holds the rest. The records below are stored. A release may add components to them, which older
 * releases ignore, so that old and new nodes can share an outbox. Stateless.
 */
final class StoredEvents {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(Include.NON_NULL))
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The column {@code attribution}. The backend has a column of its own. */
    private record StoredAttribution(
            @Nullable String clickId,
            @Nullable Instant clickedAt,
            @Nullable String clickKey,
            @JsonInclude(Include.NON_EMPTY) @Nullable Map<String, String> details) {}

    /** The column {@code payload}. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = StoredClick.class, name = "click"),
        @JsonSubTypes.Type(value = StoredLead.class, name = "lead"),
        @JsonSubTypes.Type(value = StoredSale.class, name = "sale"),
        @JsonSubTypes.Type(value = StoredRefund.class, name = "refund"),
        @JsonSubTypes.Type(value = StoredChange.class, name = "subscription")
    })
    private sealed interface Payload {

        @Nullable
        Instant occurredAt();

        Event event(Attribution attribution);

        default Instant time() {
            Instant time = occurredAt();
            return time == null ? Instant.EPOCH : time;
        }
    }

    private record StoredClick(
            @Nullable Instant occurredAt,
            String code,
            @Nullable String landing,
            @Nullable String referrer,
            @Nullable String userAgent,
            @Nullable String ipAddress,
            @JsonInclude(Include.NON_EMPTY) @Nullable Map<String, String> parameters)
            implements Payload {

        static StoredClick of(Click click) {
            return new StoredClick(
                    click.occurredAt(),
                    click.code(),
                    click.landing(),
                    click.referrer(),
                    click.userAgent(),
                    click.ipAddress(),
                    click.parameters());
        }

        @Override
        public Click event(Attribution attribution) {
            return new Click(attribution, code, landing, referrer, userAgent, ipAddress, orEmpty(parameters), time());
        }
    }

    /**
     * @param key the deduplication key if it is not that of {@link Lead#of}
     * @param confirms {@code "yes"} or absent
     */
    private record StoredLead(
            @Nullable Instant occurredAt,
            String eventName,
            @Nullable String key,
            @Nullable String follows,
            @Nullable String confirms,
            StoredCustomer customer,
            @JsonInclude(Include.NON_EMPTY) @Nullable Map<String, String> metadata)
            implements Payload {

        static StoredLead of(Lead lead) {
            String key = lead.deduplicationKey();
            return new StoredLead(
                    lead.occurredAt(),
                    lead.eventName(),
                    key.equals(usualKey(lead.attribution(), lead.eventName(), lead.customerId())) ? null : key,
                    lead.follows(),
                    lead.confirms() ? "yes" : null,
                    StoredCustomer.of(lead.customer()),
                    lead.metadata());
        }

        @Override
        public Lead event(Attribution attribution) {
            Objects.requireNonNull(eventName, "eventName");
            return new Lead(
                    attribution,
                    customer.customer(),
                    eventName,
                    time(),
                    orEmpty(metadata),
                    key == null ? usualKey(attribution, eventName, customer.id()) : key,
                    follows,
                    confirms != null);
        }

        private static String usualKey(Attribution attribution, String eventName, String customerId) {
            return Lead.deduplicationKey(attribution.backend(), eventName, customerId);
        }
    }

    private record StoredCustomer(
            String id,
            @Nullable String email,
            @Nullable String name,
            @Nullable String avatar,
            @Nullable Instant createdAt) {

        static StoredCustomer of(Customer customer) {
            return new StoredCustomer(
                    customer.id(), customer.email(), customer.name(), customer.avatar(), customer.createdAt());
        }

        Customer customer() {
            return new Customer(id, email, name, avatar, createdAt);
        }
    }

    /** @param amount in major units, as text so that no reader rounds it */
    private record StoredSale(
            @Nullable Instant occurredAt,
            String customerId,
            String invoiceId,
            String amount,
            String currency,
            String leadEventName,
            @Nullable String follows,
            @Nullable String subscriptionId,
            Payment.@Nullable Interval interval,
            @Nullable String productId,
            @Nullable String processor,
            @JsonInclude(Include.NON_EMPTY) @Nullable Map<String, String> metadata,
            @Nullable Boolean renewal)
            implements Payload {

        static StoredSale of(Sale sale) {
            Payment payment = sale.payment();
            return new StoredSale(
                    sale.occurredAt(),
                    payment.customerId(),
                    payment.invoiceId(),
                    payment.amount().amount().toPlainString(),
                    payment.amount().currency().getCurrencyCode(),
                    sale.leadEventName(),
                    sale.follows(),
                    payment.subscriptionId(),
                    payment.interval(),
                    payment.productId(),
                    payment.processor(),
                    payment.metadata(),
                    payment.renewal() ? true : null);
        }

        @Override
        public Sale event(Attribution attribution) {
            Money paid = Money.of(new BigDecimal(amount), currency);
            Payment payment = new Payment(
                    customerId,
                    invoiceId,
                    paid,
                    subscriptionId,
                    interval,
                    productId,
                    processor,
                    orEmpty(metadata),
                    Boolean.TRUE.equals(renewal));
            return new Sale(attribution, payment, Objects.requireNonNull(leadEventName), time(), follows);
        }
    }

    /** @param amount as in {@link StoredSale}, or {@code null} for all of the sale */
    private record StoredRefund(
            @Nullable Instant occurredAt,
            String customerId,
            String invoiceId,
            String refundId,
            @Nullable String amount,
            @Nullable String currency,
            @Nullable String reason,
            @Nullable String follows,
            @Nullable String total,
            @Nullable String totalCurrency)
            implements Payload {

        static StoredRefund of(Refund refund) {
            Money money = refund.amount();
            Money total = refund.total();
            return new StoredRefund(
                    refund.occurredAt(),
                    refund.customerId(),
                    refund.invoiceId(),
                    refund.refundId(),
                    money == null ? null : money.amount().toPlainString(),
                    money == null ? null : money.currency().getCurrencyCode(),
                    refund.reason(),
                    refund.follows(),
                    total == null ? null : total.amount().toPlainString(),
                    total == null ? null : total.currency().getCurrencyCode());
        }

        @Override
        public Refund event(Attribution attribution) {
            return new Refund(
                    attribution,
                    customerId,
                    invoiceId,
                    refundId,
                    money(amount, currency),
                    money(total, totalCurrency),
                    reason,
                    time(),
                    follows);
        }

        private static @Nullable Money money(@Nullable String amount, @Nullable String currency) {
            return amount == null ? null : Money.of(new BigDecimal(amount), Objects.requireNonNull(currency));
        }
    }

    private record StoredChange(
            @Nullable Instant occurredAt,
            SubscriptionChange.Kind kind,
            String customerId,
            String subscriptionId,
            @Nullable String follows)
            implements Payload {

        static StoredChange of(SubscriptionChange change) {
            return new StoredChange(
                    change.occurredAt(), change.kind(), change.customerId(), change.subscriptionId(), change.follows());
        }

        @Override
        public SubscriptionChange event(Attribution attribution) {
            return new SubscriptionChange(attribution, kind, customerId, subscriptionId, time(), follows);
        }
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }

    String write(Attribution attribution) {
        return MAPPER.writeValueAsString(new StoredAttribution(
                attribution.clickId(), attribution.clickedAt(), attribution.clickKey(), attribution.details()));
    }

    String write(Event event) {
        Payload payload;
        if (event instanceof Lead lead) {
            payload = StoredLead.of(lead);
        } else if (event instanceof Click click) {
            payload = StoredClick.of(click);
        } else if (event instanceof Sale sale) {
            payload = StoredSale.of(sale);
        } else if (event instanceof SubscriptionChange change) {
            payload = StoredChange.of(change);
        } else {
            payload = StoredRefund.of((Refund) event);
        }
        return MAPPER.writeValueAsString(payload);
    }

    /** @throws IllegalArgumentException if Reftrail did not write the text, or only a later release can read it */
    Attribution attribution(String backend, String text) {
        try {
            StoredAttribution stored = MAPPER.readValue(text, StoredAttribution.class);
            return new Attribution(
                    backend, stored.clickId(), stored.clickedAt(), stored.clickKey(), orEmpty(stored.details()));
        } catch (RuntimeException broken) {
            throw new IllegalArgumentException("the attribution cannot be read", broken);
        }
    }

    /** @throws IllegalArgumentException if Reftrail did not write a text, or only a later release can read it */
    Event event(String backend, String attribution, String payload) {
        Attribution credited = attribution(backend, attribution);
        try {
            return MAPPER.readValue(payload, Payload.class).event(credited);
        } catch (RuntimeException broken) {
            throw new IllegalArgumentException("the event cannot be read", broken);
        }
    }
}
