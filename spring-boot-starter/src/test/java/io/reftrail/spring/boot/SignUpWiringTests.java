package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.spring.AttributionArgumentResolver;
import io.reftrail.spring.CustomerSignedUp;
import io.reftrail.spring.CustomerSignedUpListener;
import io.reftrail.spring.TrackLead;
import io.reftrail.spring.TrackLeadPostProcessor;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** The beans of an application that reports its own sign-ups. */
class SignUpWiringTests {

    private static final Class<?>[] OURS = {
        ReftrailOutboxAutoConfiguration.class, ReftrailAutoConfiguration.class, ReftrailSignUpAutoConfiguration.class
    };

    private final WebApplicationContextRunner shop = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(OURS))
            .withConfiguration(AutoConfigurations.of(WebMvcAutoConfiguration.class))
            .withBean(UnreachableTransport.class)
            .withPropertyValues(
                    "reftrail.introw.api-key=key",
                    "reftrail.outbox.store=memory",
                    "reftrail.delivery.shutdown-timeout=0s");

    private final ApplicationContextRunner worker = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(OURS))
            .withBean(UnreachableTransport.class)
            .withPropertyValues(
                    "reftrail.introw.api-key=key",
                    "reftrail.outbox.store=memory",
                    "reftrail.delivery.shutdown-timeout=0s");

    public static class Accounts {

        @TrackLead(customerId = "#name")
        public void open(String name) {}
    }

    private static boolean resolvesClicks(ApplicationContext context) {
        return Objects.requireNonNull(
                        context.getBean(RequestMappingHandlerAdapter.class).getCustomArgumentResolvers())
                .stream()
                .anyMatch(AttributionArgumentResolver.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.assertj.core.internal.nothing", "org.springframework.security"})
    void withAndWithoutSpringSecurityEverythingIsThere(String missing) {
        shop.withClassLoader(new FilteredClassLoader(missing))
                .withBean(Accounts.class)
                .run(context -> {
                    assertThat(context)
                            .hasSingleBean(CustomerSignedUpListener.class)
                            .hasSingleBean(TrackLeadPostProcessor.class);
                    assertThat(AopUtils.isAopProxy(context.getBean(Accounts.class)))
                            .isTrue();
                    assertThat(resolvesClicks(context)).isTrue();
                });
    }

    @Test
    void partsOfTheApplicationsOwnAreUsed() {
        try (Reftrail own = Reftrail.builder().build()) {
            CustomerSignedUpListener listener = new CustomerSignedUpListener(own);
            AttributionArgumentResolver resolver = new AttributionArgumentResolver(() -> own);
            shop.withBean("listener", CustomerSignedUpListener.class, () -> listener)
                    .withBean("resolver", AttributionArgumentResolver.class, () -> resolver)
                    .withBean("processor", TrackLeadPostProcessor.class, () -> new TrackLeadPostProcessor(() -> own))
                    .run(context -> {
                        assertThat(context)
                                .getBean(CustomerSignedUpListener.class)
                                .isSameAs(listener);
                        assertThat(context)
                                .getBean(AttributionArgumentResolver.class)
                                .isSameAs(resolver);
                        assertThat(context).hasSingleBean(TrackLeadPostProcessor.class);
                    });
        }
    }

    @Test
    void switchedOffNothingIsReportedAndControllersStillGetTheirArguments() {
        shop.withPropertyValues("reftrail.enabled=false")
                .withBean(Accounts.class)
                .run(context -> {
                    assertThat(context)
                            .doesNotHaveBean(CustomerSignedUpListener.class)
                            .doesNotHaveBean(TrackLeadPostProcessor.class);
                    assertThat(AopUtils.isAopProxy(context.getBean(Accounts.class)))
                            .isFalse();
                    assertThat(resolvesClicks(context)).isTrue();
                });
    }

    @Test
    void aWorkerWithoutRequestsReportsTheClicksItIsGiven() {
        worker.withBean(Accounts.class).run(context -> {
            Customer mia = Customer.of("mia");
            context.publishEvent(CustomerSignedUp.of(mia));
            context.getBean(Accounts.class).open("mia");
            Reftrail reftrail = context.getBean(Reftrail.class);
            assertThat(reftrail.operations().outbox().depth("introw")).isZero();
            context.publishEvent(CustomerSignedUp.of(mia).from(new Attribution("introw", "aff_1", null)));
            assertThat(reftrail.operations().outbox().depth("introw")).isEqualTo(1);
            assertThat(context).doesNotHaveBean(AttributionArgumentResolver.class);
        });
    }

    @Test
    void beansOfAChildContextReportTooAndEventsAreHeardOnce() {
        worker.run(parent -> worker.withParent(parent).withBean(Accounts.class).run(child -> {
            assertThat(AopUtils.isAopProxy(child.getBean(Accounts.class))).isTrue();
            assertThat(child.getBeansOfType(CustomerSignedUpListener.class)).isEmpty();
            Customer mia = Customer.of("mia");
            child.publishEvent(CustomerSignedUp.of(mia).from(new Attribution("introw", "aff_1", null)));
            assertThat(child.getBean(Reftrail.class).operations().outbox().depth("introw"))
                    .isEqualTo(1);
        }));
    }

    static class Mistaken {

        @TrackLead(customerId = "#result.id", email = "#mail")
        public String open(String name) {
            return name;
        }
    }

    @Test
    void aMistakeInAnExpressionKeepsTheApplicationFromStarting() {
        shop.withBean(Mistaken.class).run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("@TrackLead on " + Mistaken.class.getName() + ".open: email = \"#mail\""));
    }
}
