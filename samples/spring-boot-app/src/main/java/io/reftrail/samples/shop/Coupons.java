package io.reftrail.samples.shop;

import io.reftrail.ReferralCodes;
import io.reftrail.model.Attribution;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The codes that partners hand out. A customer who gives one at the sign-up was sent by that partner. */
@Component
class Coupons implements ReferralCodes {

    private final JdbcClient jdbc;

    Coupons(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public @Nullable Attribution find(String code) {
        return jdbc.sql("SELECT vendor, partner FROM coupon WHERE code = ?")
                .param(code.toUpperCase(Locale.ROOT))
                .query((row, number) -> Attribution.ofCode(row.getString("vendor"), row.getString("partner")))
                .optional()
                .orElse(null);
    }
}
