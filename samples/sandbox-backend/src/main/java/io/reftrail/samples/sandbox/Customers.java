package io.reftrail.samples.sandbox;

import io.reftrail.samples.sandbox.Ledger.Click;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The customers of the vendors, by click and by id, so that a sale needs no click id. Holds no address. */
@Component
final class Customers {

    private static final String SELECT = """
            select k.external_id, k.status, c.id, c.vendor, c.partner, c.at
            from customers k join clicks c on c.id = k.click_id and c.vendor = k.vendor
            where k.vendor = ? and""";

    private final JdbcClient jdbc;

    Customers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Click click, @Nullable String externalId, String status) {
        jdbc.sql("insert into customers (vendor, click_id, external_id, status, at) values (?, ?, ?, ?, ?)")
                .param(click.vendor())
                .param(click.id())
                .param(externalId)
                .param(status)
                .param(Instant.now())
                .update();
    }

    /** Changes what a vendor says of a customer. */
    void mark(Customer customer, String status) {
        jdbc.sql("update customers set status = ? where vendor = ? and click_id = ? and external_id = ?")
                .param(status)
                .param(customer.click().vendor())
                .param(customer.click().id())
                .param(customer.externalId())
                .update();
    }

    Optional<Customer> byClick(String vendor, String clickId) {
        return first(SELECT + " k.click_id = ? order by k.number limit 1", vendor, clickId);
    }

    /** The first of this name: who came first stays. */
    Optional<Customer> byExternalId(String vendor, String externalId) {
        return first(SELECT + " k.external_id = ? order by k.number limit 1", vendor, externalId);
    }

    private Optional<Customer> first(String sql, String vendor, String id) {
        return jdbc.sql(sql)
                .params(vendor, id)
                .query((row, n) -> new Customer(
                        new Click(
                                row.getString("id"),
                                row.getString("vendor"),
                                row.getString("partner"),
                                row.getObject("at", Instant.class)),
                        row.getString("external_id"),
                        row.getString("status")))
                .optional();
    }

    /**
     * A visitor who became known to a vendor: by the click, and by the merchant's own id where that was told.
     *
     * @param status a word of the vendor's
     */
    record Customer(Click click, @Nullable String externalId, String status) {}
}
