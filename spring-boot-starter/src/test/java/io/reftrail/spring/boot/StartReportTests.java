package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.example.signup.Callers;
import io.reftrail.Reftrail;
import io.reftrail.spring.TrackLead;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.TestingAuthenticationProvider;

/** The log of an application's start: what is active, and a warning for each thing that will not work. */
@ExtendWith(OutputCaptureExtension.class)
class StartReportTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {}

    @Configuration(proxyBeanMethods = false)
    static class SilentManager {

        @Bean
        ProviderManager ownManager() {
            return new ProviderManager(new TestingAuthenticationProvider());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PublishingManager {

        @Bean
        ProviderManager ownManager(ApplicationEventPublisher publisher) {
            ProviderManager manager = new ProviderManager(new TestingAuthenticationProvider());
            manager.setAuthenticationEventPublisher(new DefaultAuthenticationEventPublisher(publisher));
            return manager;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OneConnection {

        @Bean
        @Primary
        DataSource pool() {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            pool.setMaximumPoolSize(1);
            return pool;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Caller {

        @Bean
        AtomicReference<Reftrail> signUp(Reftrail reftrail) {
            return new AtomicReference<>(reftrail);
        }
    }

    static class Accounts {

        @TrackLead(customerId = "#name")
        public void open(String name) {}
    }

    private static void start(Class<?> more, String... properties) {
        new SpringApplicationBuilder(Shop.class, more)
                .properties(
                        "server.port=0",
                        "reftrail.introw.api-key=key",
                        "reftrail.lead.unknown-age=report",
                        "reftrail.outbox.store=memory",
                        "reftrail.delivery.shutdown-timeout=0s")
                .properties(properties)
                .run()
                .close();
    }

    @Test
    void namesTheSignInRoutesAndWarnsOfNothingInAUsualApplication(CapturedOutput output) {
        start(PublishingManager.class);
        assertThat(output)
                .containsOnlyOnce("Reftrail reports to [introw]; leads wait in memory")
                .containsOnlyOnce("UsernamePasswordAuthenticationFilter");
        assertThat(output.toString().lines()).noneMatch(line -> line.contains("WARN") && line.contains("eftrail"));
    }

    @Test
    void warnsOfAManagerThatPublishesNoEvents(CapturedOutput output) {
        start(SilentManager.class);
        assertThat(output).containsOnlyOnce("The AuthenticationManager bean 'ownManager' publishes no events");
    }

    @Test
    void warnsOfACaptureFilterBehindSpringSecurity(CapturedOutput output) {
        start(PublishingManager.class, "reftrail.filter.order=-90");
        assertThat(output).containsOnlyOnce("The capture filter (order -90) is behind Spring Security (order -100)");
    }

    @Test
    void warnsOfAPoolWithOneConnection(CapturedOutput output) {
        start(OneConnection.class, "reftrail.outbox.store=jdbc");
        assertThat(output).containsOnlyOnce("has one connection (maximumPoolSize=1)");
    }

    @Test
    void warnsOfTheTriggerSignUpWithoutACaller(CapturedOutput output) {
        start(PublishingManager.class, "reftrail.lead.trigger=sign-up");
        assertThat(output)
                .containsOnlyOnce("reftrail.lead.trigger=sign-up reports a lead only when the application says so");
    }

    @Test
    void doesNotWarnOfTheTriggerSignUpWithACallerOrAnAnnotation(CapturedOutput output) {
        start(Caller.class, "reftrail.lead.trigger=sign-up");
        start(Accounts.class, "reftrail.lead.trigger=sign-up");
        start(Callers.LazyCaller.class, "reftrail.lead.trigger=sign-up");
        start(Callers.LateCaller.class, "reftrail.lead.trigger=sign-up");
        start(Callers.LateFactory.class, "reftrail.lead.trigger=sign-up");
        assertThat(output).doesNotContain("reports a lead only when the application says so");
    }

    @Test
    void warnsOfAParameterThatTwoVendorsClaim(CapturedOutput output) {
        start(
                PublishingManager.class,
                "reftrail.dub.api-key=key",
                "reftrail.dub.domain=go.example.com",
                "reftrail.affonso.api-key=key",
                "reftrail.affonso.program-id=program");
        assertThat(output).containsOnlyOnce("The parameter 'via' belongs to [affonso, dub]");
    }
}
