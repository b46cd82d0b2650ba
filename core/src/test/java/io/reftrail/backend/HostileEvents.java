package io.reftrail.backend;

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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Events of which one field, or all of them, hold what no honest visitor has. */
final class HostileEvents {

    /** What breaks documents, headers, addresses and encodings. */
    static final List<String> TEXTS = List.of(
            "\"},{\"injected\":\"x",
            "\\\"\\u0000\\",
            "\u0000\u0001\u0008\u001b\u007f\u0085\u2028\u2029x",
            "value\r\nX-Injected: 1\r\n\r\n{}",
            "\ud83d\ude00 \u00fc \u20ac",
            "lone \ud83d high",
            "lone \ude00 low",
            "x".repeat(10_000),
            "../../../admin?x=1&y=%zz#z",
            "${jndi:x} <script>'--</script>");

    /** Amounts at the edges, in currencies of none, two and three decimals. */
    static final List<Money> AMOUNTS = List.of(
            Money.of(BigDecimal.ZERO, "EUR"),
            Money.of(new BigDecimal("0.01"), "USD"),
            Money.of(new BigDecimal("2900"), "JPY"),
            Money.of(new BigDecimal("1.234"), "KWD"),
            Money.of(new BigDecimal("999999999999999.99"), "EUR"));

    private HostileEvents() {}

    /** The event with the text in one field after the other. */
    static Stream<Event> of(Event event, String text) {
        Attribution attribution = event.attribution();
        Stream<Event> credited = Stream.of(
                event.withAttribution(attribution.withClickId(text)),
                event.withAttribution(detailed(attribution, text)));
        return Stream.concat(
                credited,
                switch (event.type()) {
                    case CLICK -> clicks((Click) event, text);
                    case LEAD -> leads((Lead) event, text);
                    case SALE -> sales((Sale) event, text);
                    case REFUND -> refunds((Refund) event, text);
                    case TRIAL, CANCELLATION -> changes((SubscriptionChange) event, text);
                });
    }

    private static Attribution detailed(Attribution attribution, String text) {
        Map<String, String> details = new TreeMap<>(attribution.details());
        details.replaceAll((name, value) -> text);
        return new Attribution(
                attribution.backend(), attribution.clickId(), attribution.clickedAt(), attribution.clickKey(), details);
    }

    private static Stream<Event> clicks(Click click, String text) {
        Map<String, String> parameters = new TreeMap<>(click.parameters());
        parameters.replaceAll((name, value) -> text);
        Attribution attribution = click.attribution();
        return Stream.of(
                new Click(attribution, text, text, text, text, text, parameters, click.occurredAt()),
                new Click(
                        attribution,
                        click.code(),
                        click.landing() + text,
                        click.referrer(),
                        click.userAgent(),
                        click.ipAddress(),
                        parameters,
                        click.occurredAt()));
    }

    private static Stream<Event> leads(Lead lead, String text) {
        Function<Customer, Lead> of =
                customer -> Lead.of(lead.attribution(), customer, lead.eventName(), lead.occurredAt());
        Customer customer = lead.customer();
        return Stream.of(
                of.apply(Customer.of(text)),
                of.apply(customer.withEmail(text)),
                of.apply(customer.withEmail(text + "@example.org")),
                of.apply(customer.withName(text)),
                of.apply(customer.withAvatar(text)),
                of.apply(customer.withAvatar("https://cdn.example/" + text)),
                lead.withMetadata(Map.of(text, text)),
                Lead.of(lead.attribution(), customer, text, lead.occurredAt()));
    }

    private static Stream<Event> sales(Sale sale, String text) {
        Payment payment = sale.payment();
        return Stream.of(
                        Payment.of(text, "inv-88012", payment.amount()),
                        Payment.of(payment.customerId(), text, payment.amount()),
                        payment.forSubscription(text, payment.interval()),
                        payment.withProduct(text),
                        payment.withProcessor(text),
                        payment.withMetadata(Map.of(text, text)))
                .flatMap(hostile -> Stream.of(
                        Sale.of(sale.attribution(), hostile, sale.leadEventName(), sale.occurredAt()),
                        Sale.of(sale.attribution(), hostile, text, sale.occurredAt())));
    }

    private static Stream<Event> refunds(Refund refund, String text) {
        return Stream.of(
                refund(refund, text, refund.invoiceId(), refund.refundId()),
                refund(refund, refund.customerId(), text, refund.refundId()),
                refund(refund, refund.customerId(), refund.invoiceId(), text));
    }

    private static Stream<Event> changes(SubscriptionChange change, String text) {
        return Stream.of(changed(change, text, change.subscriptionId()), changed(change, change.customerId(), text));
    }

    private static SubscriptionChange changed(SubscriptionChange change, String customerId, String subscriptionId) {
        return new SubscriptionChange(
                change.attribution(), change.kind(), customerId, subscriptionId, change.occurredAt(), change.follows());
    }

    private static Refund refund(Refund refund, String customerId, String invoiceId, String refundId) {
        return Refund.of(
                refund.attribution(), customerId, invoiceId, refundId, refund.amount(), refundId, refund.occurredAt());
    }
}
