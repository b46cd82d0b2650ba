package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Each way to stop the start: the report has a line, and with that line the application starts. */
@Tag("compatibility")
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTests {

    @TempDir
    private Path directory;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ReftrailOutboxAutoConfiguration.class, ReftrailAutoConfiguration.class})
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Site {}

    @Configuration(proxyBeanMethods = false)
    static class OneDatabase {

        @Bean
        DataSource shop() {
            return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AnotherDatabase {

        @Bean
        DataSource archive() {
            return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class UnreachableDatabase {

        @Bean
        DataSource away() throws IOException {
            try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return new DriverManagerDataSource("jdbc:h2:tcp://localhost:" + nobody.getLocalPort() + "/mem:shop");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "reftrail.cookie.same-site=none                | reftrail.cookie.same-site=lax",
                "reftrail.cookie.path=shop                     | reftrail.cookie.path=/",
                "reftrail.cookie.domain=co.uk                  | reftrail.cookie.domain=example.com",
                "reftrail.cookie.domain=github.io              | reftrail.cookie.domain=example.com",
                "reftrail.cookie.domain=https://shop.example   | reftrail.cookie.domain=example.com",
                "reftrail.cookie.keep-after-lead=intro         | reftrail.cookie.keep-after-lead=introw",
                "reftrail.introw.api-key=${INTROW_API_KEY}     | reftrail.introw.api-key=${INTROW_API_KEY}",
                "reftrail.introw.api-key=a key                 | reftrail.introw.api-key=${INTROW_API_KEY}",
                "reftrail.introw.base-url=api.introw.io        | reftrail.introw.base-url=https://api.introw.io",
                "reftrail.introw.calls-per-minute=-1           | reftrail.introw.calls-per-minute=120",
                "reftrail.introw.calls-per-minute=many         | reftrail.introw.calls-per-minute=120",
                "reftrail.introw.conversion=purchase           | reftrail.introw.conversion=sign-up",
                "reftrail.affonso.api-key=key                  | reftrail.affonso.program-id=${AFFONSO_PROGRAM_ID}",
                "reftrail.affonso.api-key=key;reftrail.affonso.program-id=p;reftrail.affonso.parameters=x"
                        + " | reftrail.affonso.parameters=atp,via,affonso,aff,ref",
                "reftrail.affonso.api-key=key;reftrail.affonso.program-id=p;reftrail.affonso.cookie-duration=0s"
                        + " | reftrail.affonso.cookie-duration=30d",
                "reftrail.affitor.api-key=key;reftrail.affitor.test-mode=true  | reftrail.affitor.test-mode=false",
                "reftrail.affitor.api-key=key;reftrail.affitor.sales=checkout  | reftrail.affitor.sales=api",
                "reftrail.affihub.program-id=${AFFIHUB_PROGRAM_ID} | reftrail.affihub.program-id=${AFFIHUB_PROGRAM_ID}",
                "reftrail.dub.api-key=key;reftrail.dub.domain=https://go.example.com | reftrail.dub.domain=go.example.com",
                "reftrail.lead.cut-off=yesterday               | reftrail.lead.cut-off=2027-01-01T00:00:00Z",
                "reftrail.lead.include=email,phone             | reftrail.lead.include=email",
                "reftrail.lead.trigger=sometimes               | reftrail.lead.trigger=first-sign-in",
                "reftrail.lead.disposable-mail=never           | reftrail.lead.disposable-mail=accept",
                "reftrail.lead.same-network-limit=0            | reftrail.lead.same-network-limit=5",
                "reftrail.lead.self-referral=decline           | reftrail.lead.self-referral=accept",
                "reftrail.outbox.store=databse                 | reftrail.outbox.store=auto",
                "reftrail.outbox.store=jdbc                    | reftrail.outbox.store=embedded",
                "reftrail.outbox.capacity=0                    | reftrail.outbox.capacity=10000",
                "reftrail.outbox.store=embedded;reftrail.outbox.directory=/dev/null/leads | reftrail.outbox.store=memory",
                "reftrail.outbox.store=embedded;reftrail.outbox.retention=0s | reftrail.outbox.retention=1825d",
                "reftrail.outbox.store=embedded;reftrail.outbox.dead-retention=0s | reftrail.outbox.dead-retention=90d",
                "reftrail.delivery.connect-timeout=2 parsecs   | reftrail.delivery.connect-timeout=2s",
                "reftrail.delivery.response-timeout=0s         | reftrail.delivery.response-timeout=10s",
                "reftrail.delivery.max-in-flight=0             | reftrail.delivery.max-in-flight=8",
                "reftrail.delivery.shutdown-timeout=-1s        | reftrail.delivery.shutdown-timeout=5s",
                "reftrail.delivery.poll-interval=1ms           | reftrail.delivery.poll-interval=2s",
                "reftrail.health.oldest-age=0s                 | reftrail.health.oldest-age=1h",
                "reftrail.capture.attribution-model=best       | reftrail.capture.attribution-model=last-click",
                "reftrail.consent.tcf-purposes=one             | reftrail.consent.tcf-purposes=1"
            })
    void aWrongProperty(String wrong, String line, CapturedOutput output) {
        assertThatTheLineMends(WebApplicationType.NONE, wrong, line, output, Application.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "reftrail.capture.exclude=api                  | reftrail.capture.exclude=/health",
                "reftrail.consent.cookie-name=CookieConsent    | reftrail.consent.cookie-granted=marketing:true",
                "reftrail.consent.cookie-granted=marketing:true | reftrail.consent.cookie-name=CookieConsent",
                "reftrail.consent.tcf-purposes=25              | reftrail.consent.tcf-purposes=1"
            })
    void aWrongPropertyOfTheFilter(String wrong, String line, CapturedOutput output) {
        assertThatTheLineMends(WebApplicationType.SERVLET, wrong, line, output, Site.class);
    }

    @Test
    void twoDatabasesOfWhichNoneStandsOut(CapturedOutput output) {
        assertThatTheLineMends(
                WebApplicationType.NONE,
                "reftrail.outbox.store=jdbc",
                "reftrail.outbox.store=embedded",
                output,
                Application.class,
                OneDatabase.class,
                AnotherDatabase.class);
        assertThat(output).contains("@ReftrailDataSource");
    }

    @Test
    void tablesThatAreMissing(CapturedOutput output) {
        assertThatTheLineMends(
                WebApplicationType.NONE,
                "reftrail.outbox.store=jdbc;reftrail.outbox.initialize-schema=never",
                "reftrail.outbox.initialize-schema=always",
                output,
                Application.class,
                OneDatabase.class);
    }

    @Test
    void aDatabaseThatCannotBeReached(CapturedOutput output) {
        assertThatTheLineMends(
                WebApplicationType.NONE,
                "reftrail.outbox.store=auto",
                "reftrail.outbox.store=embedded",
                output,
                Application.class,
                UnreachableDatabase.class);
    }

    private void assertThatTheLineMends(
            WebApplicationType type, String wrong, String line, CapturedOutput output, Class<?>... sources) {
        List<String> properties = new ArrayList<>(List.of(wrong.split(";")));
        assertThatThrownBy(() -> start(type, properties, sources)).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "Reftrail cannot ")
                .contains(String.format(":%n%n    %s%n", line));

        properties.removeIf(property -> property.startsWith(line.substring(0, line.indexOf('=') + 1)));
        properties.add(line);
        properties.add("INTROW_API_KEY=key");
        properties.add("AFFONSO_PROGRAM_ID=program");
        properties.add("AFFIHUB_PROGRAM_ID=program");
        start(type, properties, sources);
    }

    private void start(WebApplicationType type, List<String> properties, Class<?>... sources) {
        new SpringApplicationBuilder(sources)
                .web(type)
                .initializers(context -> TestPropertyValues.of(
                                "server.port=0",
                                "reftrail.introw.api-key=key",
                                "reftrail.outbox.store=memory",
                                "reftrail.outbox.directory=" + directory)
                        .and(properties.toArray(String[]::new))
                        .applyTo(context))
                .run()
                .close();
    }
}
