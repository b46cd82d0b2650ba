package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.reftrail.Reftrail;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.capture.CaptureListener;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.delivery.SendObserver;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.security.CustomerResolver;
import io.reftrail.security.DefaultCustomerResolver;
import io.reftrail.security.LeadReportingListener;
import io.reftrail.servlet.ReferralCaptureFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class ReftrailAutoConfigurationTests {

    private static final AutoConfigurations REFTRAIL = AutoConfigurations.of(
            ReftrailOutboxAutoConfiguration.class,
            ReftrailAutoConfiguration.class,
            ReftrailMetricsAutoConfiguration.class,
            ReftrailActuatorAutoConfiguration.class,
            ReftrailFilterAutoConfiguration.class,
            ReftrailSecurityAutoConfiguration.class);

    private final WebApplicationContextRunner web = new WebApplicationContextRunner()
            .withConfiguration(REFTRAIL)
            .withPropertyValues("reftrail.outbox.store=memory");

    @Test
    void oneKeyIsAllThatIsNeeded(CapturedOutput output) {
        web.withPropertyValues("reftrail.introw.api-key=key").run(context -> {
            assertThat(context.getBean(Reftrail.class).backends()).containsExactly("introw");
            assertThat(context).hasBean("referralCaptureFilter").hasBean("sessionSignInFilterRegistration");
            assertThat(context).hasSingleBean(LeadReportingListener.class);
            assertThat(context.getBean(CustomerResolver.class)).isInstanceOf(DefaultCustomerResolver.class);
            assertThat(output).contains("Reftrail reports to [introw]; leads wait in memory");
        });
    }

    @Test
    void backendsAreBuiltOnce(CapturedOutput output) {
        web.withPropertyValues("reftrail.introw.api-key=key", "reftrail.introw.base-url=http://introw.example")
                .run(context -> assertThat(output.toString().split("The base URL of introw begins with http://"))
                        .hasSize(2));
    }

    @Test
    void twoKeysActivateTwoBackends() {
        web.withPropertyValues("reftrail.introw.api-key=one", "reftrail.refport.api-key=two")
                .run(context ->
                        assertThat(context.getBean(Reftrail.class).backends()).containsExactly("introw", "refport"));
    }

    @Test
    void sixKeysActivateSixBackendsWithTheirSettings() {
        web.withPropertyValues(
                        "reftrail.affitor.api-key=one",
                        "reftrail.affitor.program-id=7",
                        "reftrail.affitor.capture-ref=true",
                        "reftrail.affonso.api-key=two",
                        "reftrail.affonso.program-id=prg",
                        "reftrail.affonso.parameters=atp,via",
                        "reftrail.affihub.program-id=prog",
                        "reftrail.introw.api-key=three",
                        "reftrail.introw.conversion=sale",
                        "reftrail.refport.api-key=four",
                        "reftrail.dub.api-key=five",
                        "reftrail.dub.domain=go.example.com",
                        "reftrail.dub.parameters=ref",
                        "reftrail.dub.lead-mode=wait")
                .run(context -> {
                    Reftrail reftrail = context.getBean(Reftrail.class);
                    assertThat(reftrail.backends())
                            .containsExactly("affitor", "affonso", "affihub", "introw", "refport", "dub");
                    assertThat(captured(reftrail, "ref")).containsExactly("affitor", "affihub", "dub");
                    assertThat(captured(reftrail, "aff")).containsExactly("affitor");
                    assertThat(captured(reftrail, "atp")).containsExactly("affonso");
                    assertThat(captured(reftrail, "via")).containsExactly("affonso", "dub");
                });
    }

    @Test
    void affonsosParametersAreAllCapturedUnlessSomeAreLeftOut() {
        web.withPropertyValues("reftrail.affonso.api-key=key", "reftrail.affonso.program-id=prg")
                .run(context -> assertThat(AffonsoBackend.PARAMETERS)
                        .allSatisfy(parameter -> assertThat(captured(context.getBean(Reftrail.class), parameter))
                                .containsExactly("affonso")));
    }

    private static List<String> captured(Reftrail reftrail, String parameter) {
        CapturedQuery query = reftrail.visits().capture().read(parameter + "=nora");
        return query == null
                ? List.of()
                : query.clicks().stream().map(click -> click.rule().backend()).toList();
    }

    @Test
    void noBackendIsAWarningAndNoFailure(CapturedOutput output) {
        web.withPropertyValues("reftrail.introw.api-key= ").run(context -> {
            assertThat(context.getBean(Reftrail.class).backends()).isEmpty();
            assertThat(output).contains("WARN").contains("Set the key of one, for instance reftrail.introw.api-key");
        });
    }

    @Test
    void disabledItLeavesNoTrace() {
        web.withPropertyValues("reftrail.enabled=false", "reftrail.introw.api-key=key")
                .run(context -> assertThat(reftrailBeans(context)).isEmpty());
    }

    @Test
    void disabledItLeavesAReftrailOfTheApplicationAlone() {
        web.withPropertyValues("reftrail.enabled=false")
                .withBean("own", Reftrail.class, () -> Reftrail.builder().build())
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(FilterRegistrationBean.class));
    }

    @Test
    void whatIsEmptyCountsAsAbsent() {
        web.withPropertyValues(
                        "reftrail.refport.api-key=key",
                        "reftrail.refport.base-url=",
                        "reftrail.refport.lead-event-name=",
                        "reftrail.cookie.domain=")
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static String[] reftrailBeans(ApplicationContext context) {
        return Arrays.stream(context.getBeanDefinitionNames())
                .filter(name -> name.toLowerCase(Locale.ROOT).contains("reftrail") || name.contains("referral"))
                .toArray(String[]::new);
    }

    @Test
    void anOutboxOfTheApplicationIsUsed() {
        web.withBean("own", Outbox.class, InMemoryOutbox::new).run(context -> {
            assertThat(context).hasSingleBean(Outbox.class);
            assertThat(context.getBean(Reftrail.class).operations().outbox()).isSameAs(context.getBean("own"));
        });
    }

    @Test
    void aReftrailOfTheApplicationIsUsed() {
        web.withBean("own", Reftrail.class, () -> Reftrail.builder().build())
                .run(context -> assertThat(context).hasSingleBean(Reftrail.class));
    }

    @Test
    void aResolverAndAListenerOfTheApplicationAreUsed() {
        web.withBean("resolver", CustomerResolver.class, () -> authentication -> null)
                .run(context -> assertThat(context).hasSingleBean(CustomerResolver.class));
    }

    @Test
    void backendBeansJoinTheConfiguredOnes() {
        web.withBean(TrackingBackend.class, () -> IntrowBackend.of("key"))
                .withPropertyValues("reftrail.refport.api-key=key")
                .run(context -> assertThat(context.getBean(Reftrail.class).backends())
                        .containsExactlyInAnyOrder("introw", "refport"));
    }

    @Test
    void withoutSpringSecurityClicksAreStillCaptured() {
        web.withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .run(context -> {
                    assertThat(context).hasSingleBean(FilterRegistrationBean.class);
                    assertThat(context).doesNotHaveBean("leadReportingListener");
                });
    }

    @Test
    void withoutTransactionsLeadsAreEnqueuedAtOnce() {
        web.withClassLoader(new FilteredClassLoader("org.springframework.transaction"))
                .run(context ->
                        assertThat(context).hasSingleBean(Reftrail.class).doesNotHaveBean(UnitOfWork.class));
    }

    @Test
    void withTransactionsLeadsWaitForTheCommit() {
        web.run(context -> assertThat(context).hasBean("reftrailUnitOfWork"));
    }

    @Test
    void withoutMicrometerNothingIsCounted() {
        web.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
                .run(context ->
                        assertThat(context).hasSingleBean(Reftrail.class).doesNotHaveBean(CaptureListener.class));
    }

    @Test
    void withoutObservationsSendsAreNotObserved() {
        web.withClassLoader(new FilteredClassLoader("io.micrometer.observation"))
                .run(context ->
                        assertThat(context).hasSingleBean(Reftrail.class).doesNotHaveBean(SendObserver.class));
    }

    @Test
    void withoutTheActuatorThereIsNothingForIt() {
        web.withClassLoader(
                        new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasSingleBean(Reftrail.class)
                        .doesNotHaveBean("reftrailEndpoint")
                        .doesNotHaveBean("reftrailHealthIndicator"));
    }

    @Test
    void withoutTheHealthModuleOfBoot4TheEndpointIsStillThere() {
        web.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .withPropertyValues("management.endpoints.web.exposure.include=reftrail")
                .run(context ->
                        assertThat(context).hasBean("reftrailEndpoint").doesNotHaveBean("reftrailHealthIndicator"));
    }

    @Test
    void theHealthContributionCanBeSwitchedOff() {
        web.run(context -> assertThat(context).hasBean("reftrailHealthIndicator"));
        web.withPropertyValues("management.health.reftrail.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("reftrailHealthIndicator"));
    }

    @Test
    void anApplicationWithoutAWebServerCanReportLeadsItself() {
        new ApplicationContextRunner().withConfiguration(REFTRAIL).run(context -> assertThat(context)
                .hasSingleBean(Reftrail.class)
                .doesNotHaveBean(FilterRegistrationBean.class)
                .doesNotHaveBean(LeadReportingListener.class));
    }

    @Test
    void aFilterOfTheApplicationIsNotRegisteredASecondTime() {
        web.withBean(ReferralCaptureFilter.class, () -> ReferralCaptureFilter.builder(
                                Reftrail.builder().build())
                        .build())
                .run(context -> assertThat(context)
                        .getBeans(FilterRegistrationBean.class)
                        .containsOnlyKeys("sessionSignInFilterRegistration"));
    }
}
