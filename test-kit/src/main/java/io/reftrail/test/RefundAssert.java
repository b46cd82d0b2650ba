package io.reftrail.test;

import io.reftrail.model.Money;
import io.reftrail.model.Refund;
import io.reftrail.test.Inquiry.Amounts;
import java.util.function.Predicate;

/** Assertions about one refund. */
public final class RefundAssert extends EventAssert<RefundAssert> {

    RefundAssert(Inquiry inquiry, String first, Predicate<Report> wanted) {
        super(inquiry, RefundAssert.class, first, wanted);
    }

    private static Refund refund(Report report) {
        return (Refund) report.event();
    }

    /**
     * Verifies the amount of a partial refund.
     *
     * @param amount in major units, for example {@code 29.00}
     * @param currency the ISO 4217 code
     */
    public RefundAssert of(String amount, String currency) {
        Money money = Amounts.of(amount, currency);
        return and(
                "of " + Amounts.text(money),
                report -> money.equals(refund(report).amount()));
    }

    /** Verifies that the refund is a full one. */
    public RefundAssert ofAll() {
        return and("of all", report -> refund(report).amount() == null);
    }

    /** Verifies the invoice's id. */
    public RefundAssert withInvoice(String invoiceId) {
        return and("with invoice", invoiceId, report -> refund(report).invoiceId());
    }
}
