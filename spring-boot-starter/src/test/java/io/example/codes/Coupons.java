package io.example.codes;

import io.reftrail.ReferralCodes;
import io.reftrail.model.Attribution;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The coupons of a shop, each of which belongs to a partner. */
@Configuration(proxyBeanMethods = false)
class Coupons {

    /** The table of coupons. */
    interface CouponTable {

        @Nullable
        String partnerOf(String code);
    }

    @Bean
    ReferralCodes coupons(CouponTable coupons) {
        return code -> {
            String partner = coupons.partnerOf(code);
            return partner == null ? null : Attribution.ofCode("tolt", partner);
        };
    }
}
