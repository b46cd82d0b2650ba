package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.Configuration;

/** Starts an application with one wrong property and reads what it prints. */
@ExtendWith(OutputCaptureExtension.class)
class ReftrailFailureAnalyzerTests {

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ReftrailOutboxAutoConfiguration.class, ReftrailAutoConfiguration.class})
    static class Application {}

    static Stream<Arguments> wrongProperties() {
        return Stream.of(
                arguments("reftrail.introw.api-key=se cret", "reftrail.introw.api-key", "Copy the key"),
                arguments("reftrail.introw.api-key=${SECRET:$}{secret}", "reftrail.introw.api-key", "Set the variable"),
                arguments("reftrail.refport.api-key=secrét", "reftrail.refport.api-key", "Copy the key"),
                arguments(
                        "reftrail.introw.base-url=api.introw.io",
                        "reftrail.introw.base-url",
                        "https://api.example.com"),
                arguments("reftrail.introw.base-url=ftp://api", "reftrail.introw.base-url", "https://api.example.com"),
                arguments(
                        "reftrail.cookie.same-site=none", "reftrail.cookie.same-site", "reftrail.cookie.secure=always"),
                arguments("reftrail.cookie.domain=https://shop.example", "reftrail.cookie.domain", "example.com"),
                arguments("reftrail.cookie.path=shop", "reftrail.cookie.path", "begins with a slash"),
                arguments("reftrail.cookie.signing-keys=secrét", "reftrail.cookie.signing-keys", "openssl rand"),
                arguments(
                        "reftrail.cookie.signing-keys=0123456789-abcdefghijklmnop,secrét",
                        "reftrail.cookie.signing-keys",
                        "openssl rand"),
                arguments(
                        "reftrail.cookie.accept-script-cookies=true",
                        "reftrail.cookie.accept-script-cookies",
                        "reftrail.cookie.signing-keys"),
                arguments(
                        "reftrail.cookie.host-prefix=true;"
                                + "reftrail.cookie.signing-keys=0123456789-abcdefghijklmnopqrstuvwxyz",
                        "reftrail.cookie.host-prefix",
                        "reftrail.cookie.secure=always"),
                arguments("reftrail.outbox.capacity=0", "reftrail.outbox.capacity", "positive number"),
                arguments("reftrail.outbox.store=jdbc", "reftrail.outbox.store", "'embedded'"),
                arguments("reftrail.outbox.store=databse", "reftrail.outbox.store", "embedded"),
                arguments(
                        "reftrail.outbox.directory=/dev/null/leads;reftrail.outbox.store=embedded",
                        "reftrail.outbox.directory",
                        "/dev/null/leads"),
                arguments(
                        "reftrail.outbox.retention=0s;reftrail.outbox.store=embedded",
                        "reftrail.outbox.retention",
                        "90d"),
                arguments(
                        "reftrail.outbox.dead-retention=-1d;reftrail.outbox.store=embedded",
                        "reftrail.outbox.dead-retention",
                        "90d"),
                arguments("reftrail.delivery.max-in-flight=0", "reftrail.delivery.max-in-flight", "positive number"),
                arguments("reftrail.delivery.poll-interval=1ms", "reftrail.delivery.poll-interval", "'1s'"),
                arguments("reftrail.introw.calls-per-minute=-1", "reftrail.introw.calls-per-minute", "0 for no limit"),
                arguments(
                        "reftrail.refport.calls-per-minute=-1;reftrail.refport.api-key=key",
                        "reftrail.refport.calls-per-minute",
                        "0 for no limit"),
                arguments("reftrail.delivery.connect-timeout=0s", "reftrail.delivery.connect-timeout", "2s"),
                arguments("reftrail.health.oldest-age=0s", "reftrail.health.oldest-age", "'1h'"),
                arguments("reftrail.capture.strip=redirekt", "reftrail.capture.strip", "redirect"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongProperties")
    void saysWhichPropertyCannotWorkAndWhatToWriteInstead(
            String property, String name, String advice, CapturedOutput output) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> TestPropertyValues.of(
                                "reftrail.introw.api-key=key",
                                "reftrail.introw.base-url=https://api.example",
                                "reftrail.outbox.store=memory")
                        .and(property.split(";"))
                        .applyTo(context));
        assertThatThrownBy(application::run).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(name)
                .contains(advice);
        assertThat(output.toString().toLowerCase(Locale.ROOT)).doesNotContain("se cret", "secrét");
    }
}
