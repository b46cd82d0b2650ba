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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event with another value where a vendor has to see the difference. Vendors differ in what they tell persons and sales
 * by, a click, a customer's id, an invoice or an id of their own, so that these change together; no vendor can do without
 * the click of a lead, the invoice of a sale, and what was paid or given back.
 */
final class OtherEvents {

    private static final String CLICK = "Other9102w8Bn4Rz";
    private static final String CUSTOMER = "acct-9103";
    private static final String INVOICE = "inv-99104";

    private OtherEvents() {}

    /** Returns the others by what is not the same. */
    static Map<String, Event> of(Event event) {
        return switch (event.type()) {
            case CLICK -> Map.of("code", otherCode((Click) event));
            case LEAD -> leads((Lead) event);
            case SALE -> sales((Sale) event);
            case REFUND -> refunds((Refund) event);
            case TRIAL, CANCELLATION -> Map.of("customer", otherCustomer((SubscriptionChange) event));
        };
    }

    private static SubscriptionChange otherCustomer(SubscriptionChange change) {
        return new SubscriptionChange(
                change.attribution(), change.kind(), CUSTOMER, "sub-99107", change.occurredAt(), change.follows());
    }

    private static Click otherCode(Click click) {
        String landing = click.landing();
        return new Click(
                click.attribution(),
                "omar-9",
                landing == null ? null : landing.replace(click.code(), "omar-9"),
                click.referrer(),
                click.userAgent(),
                click.ipAddress(),
                click.parameters(),
                click.occurredAt());
    }

    private static Map<String, Event> leads(Lead lead) {
        Lead otherClick = lead.withAttribution(lead.attribution().withClickId(CLICK));
        return Map.of("click", otherClick, "customer", otherCustomer(lead));
    }

    static Lead otherCustomer(Lead lead) {
        Customer other =
                Customer.of(CUSTOMER).withEmail("omar.9105@example.org").withName("Omar 9106");
        return Lead.of(lead.attribution(), other, lead.eventName(), lead.occurredAt())
                .withMetadata(lead.metadata());
    }

    private static Map<String, Event> sales(Sale sale) {
        Payment payment = sale.payment();
        BigDecimal amount = payment.amount().amount();
        Map<String, Event> others = new LinkedHashMap<>();
        others.put(
                "click and customer",
                paying(sale, CUSTOMER, payment.invoiceId(), payment.amount())
                        .withAttribution(otherDetails(sale.attribution()).withClickId(CLICK)));
        others.put("invoice", paying(sale, payment.customerId(), INVOICE, payment.amount()));
        others.put(
                "amount",
                paying(
                        sale,
                        payment.customerId(),
                        payment.invoiceId(),
                        Money.of(
                                amount.add(BigDecimal.TEN),
                                payment.amount().currency().getCurrencyCode())));
        others.put("currency", paying(sale, payment.customerId(), payment.invoiceId(), Money.of(amount, "CHF")));
        return others;
    }

    private static Sale paying(Sale sale, String customer, String invoice, Money amount) {
        Payment payment = sale.payment();
        Payment other = new Payment(
                customer,
                invoice,
                amount,
                payment.subscriptionId(),
                payment.interval(),
                payment.productId(),
                payment.processor(),
                payment.metadata(),
                payment.renewal());
        return new Sale(sale.attribution(), other, sale.leadEventName(), sale.occurredAt(), sale.follows());
    }

    /** Some vendors know a sale by the id that they have given it, which stands among the details. */
    private static Map<String, Event> refunds(Refund refund) {
        Attribution other = otherDetails(refund.attribution());
        Map<String, Event> others = new LinkedHashMap<>();
        others.put("sale", giving(refund, INVOICE, refund.amount()).withAttribution(other));
        others.put("amount", giving(refund, refund.invoiceId(), Money.of(new BigDecimal("3.50"), "EUR")));
        others.put("extent", giving(refund, refund.invoiceId(), null));
        return others;
    }

    private static Attribution otherDetails(Attribution attribution) {
        Map<String, String> details = new TreeMap<>(attribution.details());
        details.replaceAll((name, value) -> value + "9");
        return new Attribution(
                attribution.backend(), attribution.clickId(), attribution.clickedAt(), attribution.clickKey(), details);
    }

    private static Refund giving(Refund refund, String invoice, @Nullable Money amount) {
        return Refund.of(
                refund.attribution(),
                refund.customerId(),
                invoice,
                refund.refundId(),
                amount,
                refund.reason(),
                refund.occurredAt());
    }
}
