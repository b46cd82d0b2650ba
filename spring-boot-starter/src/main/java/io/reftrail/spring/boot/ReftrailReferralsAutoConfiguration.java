package io.reftrail.spring.boot;

import io.reftrail.Referrals;
import io.reftrail.Reftrail;
import io.reftrail.RewardListener;
import io.reftrail.spring.boot.ReftrailAutoConfiguration.RewardTransactions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Auto-configuration of "refer a friend": a {@link Referrals} bean, rewards as application events, and a transaction around each reward where
 * the application has one transaction manager.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "reftrail.enabled", matchIfMissing = true)
public final class ReftrailReferralsAutoConfiguration {

    /** The beans that exist only if customers can refer friends. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("reftrail.referrals.enabled")
    static class EnabledConfiguration {

        @Bean
        @ConditionalOnMissingBean
        Referrals reftrailReferrals(Reftrail reftrail) {
            return reftrail.referrals();
        }

        /** Publishes rewards on the thread that gives them, so that the reward is tried again if an event listener throws. */
        @Bean
        RewardListener reftrailRewardEvents(ApplicationEventPublisher events) {
            return events::publishEvent;
        }
    }

    /** A transaction for each reward, which the outbox joins if it is in the same database. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("reftrail.referrals.enabled")
    @ConditionalOnClass(TransactionTemplate.class)
    static class TransactionConfiguration {

        @Bean
        RewardTransactions reftrailRewardTransactions(ObjectProvider<PlatformTransactionManager> managers) {
            PlatformTransactionManager manager = managers.getIfUnique();
            if (manager == null) {
                return Runnable::run;
            }
            TransactionTemplate template = new TransactionTemplate(manager);
            return work -> template.executeWithoutResult(status -> work.run());
        }
    }
}
