package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.ReferralRewarded;
import io.reftrail.Referrals;
import io.reftrail.Reftrail;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Referral;
import io.reftrail.model.Referral.Status;
import java.math.BigDecimal;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** An application of Spring Boot rewards both sides with an event listener. */
class ReferralWiringTests {

    private final WebApplicationContextRunner shop = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ReftrailOutboxAutoConfiguration.class,
                    ReftrailAutoConfiguration.class,
                    ReftrailReferralsAutoConfiguration.class));

    @Configuration(proxyBeanMethods = false)
    static class Shop {

        @Bean
        DataSource database() {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            return database;
        }

        @Bean
        PlatformTransactionManager transactions(DataSource database) {
            return new DataSourceTransactionManager(database);
        }

        @Bean
        Vouchers vouchers(DataSource database) {
            return new Vouchers(new JdbcTemplate(database));
        }
    }

    /** The first voucher is stored and the listener fails after that. */
    static class Vouchers {

        private final JdbcTemplate database;
        private final AtomicInteger calls = new AtomicInteger();

        Vouchers(JdbcTemplate database) {
            this.database = database;
            database.execute("CREATE TABLE voucher (customer VARCHAR(40), joined BOOLEAN)");
        }

        @EventListener
        void give(ReferralRewarded reward) {
            boolean joined = TransactionSynchronizationManager.isActualTransactionActive();
            database.update("INSERT INTO voucher VALUES (?, ?)", reward.referrerId(), joined);
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("the mail server is away");
            }
            database.update("INSERT INTO voucher VALUES (?, ?)", reward.customerId(), joined);
        }
    }

    @Test
    void bothSidesAreRewardedInATransactionOfTheApplication() {
        shop.withUserConfiguration(Shop.class)
                .withPropertyValues(
                        "reftrail.referrals.enabled=true",
                        "reftrail.referrals.reward-after=0s",
                        "reftrail.referrals.landing-page=https://shop.example.com/")
                .run(context -> {
                    Reftrail reftrail = context.getBean(Reftrail.class);
                    Referrals referrals = context.getBean(Referrals.class);
                    JdbcTemplate database = new JdbcTemplate(context.getBean(DataSource.class));
                    assertThat(referrals.linkFor("nora")).startsWith("https://shop.example.com/?friend=");

                    reftrail.lead(new Attribution("own", referrals.codeFor("nora"), null), Customer.of("kim"));
                    reftrail.sale("kim", BigDecimal.TEN, "EUR", "inv-1");

                    Awaitility.await().until(() -> {
                        Referral referral = referrals.referralOf("kim");
                        return referral != null && referral.status() == Status.REWARDED;
                    });
                    assertThat(database.queryForList("SELECT customer FROM voucher WHERE joined", String.class))
                            .containsExactly("nora", "kim");
                });
    }

    @Test
    void withoutThePropertyThereIsNoBean() {
        shop.withUserConfiguration(Shop.class).run(context -> {
            assertThat(context).doesNotHaveBean(Referrals.class);
            assertThat(context.getBean(Reftrail.class).backends()).isEmpty();
        });
    }

    @Test
    void aSwitchedOffReftrailHasNoReferralsEither() {
        shop.withPropertyValues("reftrail.enabled=false", "reftrail.referrals.enabled=true")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Referrals.class));
    }

    @Test
    void aSettingThatCannotWorkStopsTheStart() {
        shop.withUserConfiguration(Shop.class)
                .withPropertyValues("reftrail.referrals.enabled=true", "reftrail.referrals.window=0s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidSettingException.class)
                        .hasMessageContaining("referrals.window"));
    }
}
