package io.reftrail.samples.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How Affonso shows a conversion, docs/contracts/affonso.md sections 3.4 and 3.5: what is left of the sale after its refunds,
 * with a commission of 20 percent. Fields that nothing here could fill are left out.
 */
@Component
final class AffonsoSales {

    private static final int PERCENT = 20;

    private final AffonsoDialect.Settings settings;

    AffonsoSales(AffonsoDialect.Settings settings) {
        this.settings = settings;
    }

    Object conversion(Sale sale) {
        boolean full = sale.rest().minorUnits() == 0;
        String status = full ? "refunded" : "ready_for_payment";
        String salesStatus = full ? "refunded" : sale.refunded() > 0 ? "partial_refunded" : "complete";
        Money rest = sale.rest();
        return reply(
                "com_" + sale.id(),
                sale.clickId(),
                sale.partner(),
                rest,
                rest.percent(PERCENT),
                sale.dedupKey(),
                status,
                salesStatus);
    }

    /** A success without a commission, which section 3.4 says there can be. */
    Object uncommissioned(Click click, String event, Money money) {
        return reply(
                "com_" + click.id(),
                click.id(),
                click.partner(),
                money,
                money.percent(0),
                event,
                "declined",
                "complete");
    }

    private Object reply(
            String id,
            String referral,
            String partner,
            Money money,
            Money commission,
            @Nullable String event,
            String status,
            String salesStatus) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("id", id);
        data.put("referral_id", referral);
        data.put("affiliate_id", "aff_" + partner);
        data.put("program_id", settings.programId());
        data.put("sale_amount", money.majorUnits());
        data.put("sale_amount_currency", money.currency());
        data.put("commission_amount", commission.majorUnits());
        data.put("commission_currency", money.currency());
        data.put("status", status);
        data.put("sales_status", salesStatus);
        data.put("external_event_id", event);
        return AffonsoReplies.success(data);
    }
}
