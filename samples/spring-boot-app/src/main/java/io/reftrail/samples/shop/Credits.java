package io.reftrail.samples.shop;

import io.reftrail.ReferralRewarded;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What customers have to spend: ten euros for each friend who stays, for both sides. */
@Component
class Credits {

    /** What each side gets. */
    static final int EUROS = 10;

    private final JdbcClient jdbc;

    Credits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Runs in a transaction that Reftrail has begun, so that both sides get it once. */
    @EventListener
    void reward(ReferralRewarded reward) {
        give(reward.referrerId());
        give(reward.customerId());
    }

    private void give(String customerId) {
        jdbc.sql("INSERT INTO credit (customer, euros, given_at) VALUES (?, ?, ?)")
                .params(customerId, EUROS, OffsetDateTime.now(ZoneOffset.UTC))
                .update();
    }

    int of(String customerId) {
        return jdbc.sql("SELECT COALESCE(SUM(euros), 0) FROM credit WHERE customer = ?")
                .param(customerId)
                .query(Integer.class)
                .single();
    }
}
