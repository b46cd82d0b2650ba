package io.reftrail.test;

import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.model.Sale;
import io.reftrail.test.Inquiry.Amounts;
import java.util.function.Predicate;

/** Assertions about one payment. */
public final class SaleAssert extends EventAssert<SaleAssert> {

    SaleAssert(Inquiry inquiry, String first, Predicate<Report> wanted) {
        super(inquiry, SaleAssert.class, first, wanted);
    }

    private static Payment payment(Report report) {
        return ((Sale) report.event()).payment();
    }

    /**
     * Verifies the amount.
     *
     * @param amount in major units, for example {@code 29.00}
     * @param currency the ISO 4217 code
     */
    public SaleAssert of(String amount, String currency) {
        Money money = Amounts.of(amount, currency);
        return and(
                "of " + Amounts.text(money), report -> payment(report).amount().equals(money));
    }

    /** Verifies the customer. */
    public SaleAssert by(String customerId) {
        return and("by", customerId, report -> payment(report).customerId());
    }

    /** Verifies the invoice's id. */
    public SaleAssert withInvoice(String invoiceId) {
        return and("with invoice", invoiceId, report -> payment(report).invoiceId());
    }
}
