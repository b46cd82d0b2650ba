package io.reftrail.test;

import io.reftrail.model.Money;
import io.reftrail.model.Sale;
import io.reftrail.test.Inquiry.Amounts;
import io.reftrail.test.Report.State;

/** Assertions about payments. */
public final class SalesAssert extends EventsAssert<SalesAssert> {

    SalesAssert(Inquiry inquiry) {
        super(inquiry, SalesAssert.class);
    }

    /**
     * Verifies that a backend has received a sale of this customer and has given its final answer.
     *
     * @return more assertions about the same sale
     */
    public SaleAssert hasSaleFor(String customerId) {
        return new SaleAssert(
                inquiry(),
                "for \"" + customerId + "\"",
                of(customerId).and(report -> report.state() == State.ANSWERED));
    }

    /**
     * Verifies that a backend has received a sale of this amount and has given its final answer.
     *
     * @param amount in major units, for example {@code 29.00}
     * @param currency the ISO 4217 code
     * @return more assertions about the same sale
     */
    public SaleAssert hasSaleOf(String amount, String currency) {
        Money money = Amounts.of(amount, currency);
        return new SaleAssert(
                inquiry(),
                "of " + Amounts.text(money),
                report -> report.state() == State.ANSWERED
                        && ((Sale) report.event()).payment().amount().equals(money));
    }

    /** Verifies that no sale was enqueued. */
    public SalesAssert hasNoSales() {
        return hasNone("sale", report -> true);
    }

    /** Verifies that no sale of this customer was enqueued. */
    public SalesAssert hasNoSaleFor(String customerId) {
        return hasNone("sale for \"" + customerId + "\"", of(customerId));
    }
}
