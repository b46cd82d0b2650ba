package io.reftrail.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import io.reftrail.Reftrail;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.model.Customer;
import io.reftrail.test.ReftrailContextCustomizer.ReftrailContextCustomizerFactory;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.context.WebApplicationContext;

/** The recorder stands in the application's place of the network, whatever the application has there. */
@SpringBootTest(
        classes = SpringSupportTests.Application.class,
        properties = {
            "reftrail.affitor.api-key=the-applications-own",
            "reftrail.outbox.store=embedded",
            "reftrail.outbox.directory=target/reftrail",
            "spring.datasource.url=jdbc:h2:mem:support"
        })
@AutoConfigureMockMvc
@AutoConfigureReftrail(backends = "introw")
class SpringSupportTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        HttpTransport network() {
            return mock();
        }
    }

    @Autowired
    private Reftrail reftrail;

    @Autowired
    private WebApplicationContext context;

    private void signUp() {
        String cookies = PartnerClick.of("introw", "aff_1").in(reftrail).header();
        reftrail.lead(HeaderExchange.of(cookies, true), Customer.of("mia"));
    }

    @Test
    void theRecorderGoesBeforeTheApplicationsOwnTransport(ReportedEvents reported) {
        signUp();

        assertThat(reported).leads().hasLeadFor("mia");
        assertThat(reported).isSameAs(context.getBean(ReportedEvents.class));
    }

    @Test
    void whatATestSaysByItselfGoesBeforeWhatTheKitSays(@Value("${reftrail.affitor.api-key}") String affitor) {
        assertThat(affitor).isEqualTo("the-applications-own");
        assertThat(reftrail.backends()).containsExactly("affitor", "introw");
        assertThat(reftrail.operations().outbox().toString()).isNotEqualTo("memory");
    }

    @Test
    void aParameterMayBeAutowired(@Autowired ReportedEvents reported) {
        assertThat(reported).hasNothing();
    }

    @Test
    @Transactional
    void whatATransactionOfTheTestKeepsBackIsExplained(ReportedEvents reported) {
        signUp();

        assertThat(reported).leads().hasNoLeads();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(reported)
                        .within(Duration.ofMillis(20))
                        .leads()
                        .hasLeadFor("mia"))
                .withMessage("Expected a lead for \"mia\", but there is: nothing"
                        + "\nResults of Reftrail:\n  - lead at introw: AFTER_COMMIT"
                        + "\nWhat is AFTER_COMMIT waits for the end of a transaction; that of a @Transactional test is never"
                        + " committed.");
    }

    @Test
    void theVisitorsCookiesJoinThoseOfTheRequest() {
        MockServletContext servlets = new MockServletContext();
        servlets.setAttribute(WebApplicationContext.ROOT_WEB_APPLICATION_CONTEXT_ATTRIBUTE, context);
        MockHttpServletRequest parsed = new MockHttpServletRequest(servlets);
        parsed.setCookies(new Cookie("sid", "1"));
        MockHttpServletRequest raw = new MockHttpServletRequest(servlets);
        raw.addHeader("Cookie", "sid=1");

        for (MockHttpServletRequest request : List.of(parsed, raw)) {
            ReftrailRequestPostProcessors.clickedLinkOf("introw", "aff_1").postProcessRequest(request);

            assertThat(String.join("; ", Collections.list(request.getHeaders("Cookie"))))
                    .contains("sid=1", "_introw_aff=aff_1", "_reftrail_introw=");
        }
    }

    @Nested
    class Inside {

        @Test
        void aClassInsideHasItToo(ReportedEvents reported, @Autowired ApplicationContext inner) {
            assertThat(inner).isSameAs(context);
            assertThat(reported).hasNothing();
        }
    }

    @AutoConfigureReftrail(backends = {"dub", "introw"})
    private static final class One {}

    @AutoConfigureReftrail(backends = {"introw", "dub", "dub"})
    private static final class Same {}

    @AutoConfigureReftrail(backends = "dub")
    private static final class Other {}

    private static final class None {}

    @Test
    void testsThatWantTheSameShareAnApplication() {
        ReftrailContextCustomizerFactory factory = new ReftrailContextCustomizerFactory();
        Object one = factory.createContextCustomizer(One.class, List.of());

        assertThat(factory.createContextCustomizer(Same.class, List.of()))
                .isEqualTo(one)
                .hasSameHashCodeAs(one);
        assertThat(factory.createContextCustomizer(Other.class, List.of())).isNotEqualTo(one);
        assertThat(factory.createContextCustomizer(None.class, List.of())).isNull();
        assertThat(TestContextAnnotationUtils.hasAnnotation(Inside.class, AutoConfigureReftrail.class))
                .isTrue();
    }

    @Test
    void theOthersAreTakenAway() {
        assertThat(TestBackends.properties(List.of("introw")))
                .containsEntry("reftrail.introw.api-key", "test-key")
                .containsEntry("reftrail.introw.calls-per-minute", 0)
                .containsEntry("reftrail.dub.api-key", "")
                .containsEntry("reftrail.affihub.program-id", "");
        assertThat(TestBackends.properties(List.of())).doesNotContainKey("reftrail.dub.api-key");
        assertThatThrownBy(() -> TestBackends.properties(List.of("acme"))).hasMessageContaining("'acme' is none of");
    }
}
