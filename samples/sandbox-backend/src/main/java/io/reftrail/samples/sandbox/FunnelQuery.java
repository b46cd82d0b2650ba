package io.reftrail.samples.sandbox;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the funnel from what the ledger has on record. */
@Component
final class FunnelQuery {

    private final JdbcClient jdbc;
    private final List<Dialect> dialects;

    FunnelQuery(JdbcClient jdbc, List<Dialect> dialects) {
        this.jdbc = jdbc;
        this.dialects = dialects;
    }

    Funnel run() {
        List<Funnel.PartnerRow> partners = jdbc.sql("""
                        select vendor, partner,
                               count(*) filter (where stage = 'CLICK') as clicks,
                               count(*) filter (where stage = 'LEAD') as leads,
                               count(*) filter (where stage = 'SALE') as sales
                        from (select vendor, partner, 'CLICK' as stage from clicks
                              union all
                              select vendor, partner, kind from conversions)
                        group by vendor, partner
                        order by vendor, partner
                        """)
                .query((row, n) -> new Funnel.PartnerRow(
                        row.getString("vendor"),
                        row.getString("partner"),
                        row.getLong("clicks"),
                        row.getLong("leads"),
                        row.getLong("sales")))
                .list();
        return new Funnel(
                dialects.stream()
                        .map(dialect -> Funnel.VendorRow.sum(dialect.name(), partners))
                        .toList(),
                partners);
    }
}
