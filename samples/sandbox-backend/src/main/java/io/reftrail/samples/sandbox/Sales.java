package io.reftrail.samples.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the sales that the ledger counted, and takes them back. */
@Component
final class Sales {

    private final JdbcClient jdbc;

    Sales(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Sale> byKey(String vendor, String dedupKey) {
        return jdbc.sql("select * from conversions where vendor = ? and kind = 'SALE' and dedup_key = ?")
                .params(vendor, dedupKey)
                .query((row, n) -> read(row))
                .optional();
    }

    Optional<Sale> byId(String vendor, String id) {
        return jdbc.sql("select * from conversions where vendor = ? and kind = 'SALE' and id = ?")
                .params(vendor, id)
                .query((row, n) -> read(row))
                .optional();
    }

    /** Takes a part of the sale back, if that much of it is left. */
    boolean refund(Sale sale, long minorUnits) {
        return jdbc.sql("update conversions set refunded = refunded + ? where id = ? and amount - refunded >= ?")
                        .params(minorUnits, sale.id(), minorUnits)
                        .update()
                == 1;
    }

    private static Sale read(ResultSet row) throws SQLException {
        return new Sale(
                row.getString("id"),
                row.getLong("number"),
                row.getString("click_id"),
                row.getString("partner"),
                row.getString("dedup_key"),
                new Money(row.getLong("amount"), row.getString("currency")),
                row.getLong("refunded"));
    }
}
