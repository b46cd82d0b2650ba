package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.BackendProvider;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Properties below {@code reftrail} that nobody reads. */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertiesTests {

    private static final String WARNING = "There is no property ";

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ReftrailOutboxAutoConfiguration.class, ReftrailAutoConfiguration.class})
    static class Application {}

    private static void start(StandardEnvironment environment, String... properties) {
        new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .environment(environment)
                .initializers(context -> TestPropertyValues.of("reftrail.outbox.store=memory")
                        .and(properties)
                        .applyTo(context))
                .run()
                .close();
    }

    @ParameterizedTest
    @CsvSource({
        "reftrail.intro.api-key, reftrail.introw.api-key",
        "reftrail.introw.apikeys, reftrail.introw.api-key",
        "reftrail.introw.url, reftrail.introw.base-url",
        "reftrail.cookie.samesites, reftrail.cookie.same-site",
        "reftrail.captures.exclude[0], reftrail.capture.exclude",
        "reftrail.enable, reftrail.enabled"
    })
    void thatLookLikeATypingErrorAreToldOf(String unknown, String meant, CapturedOutput output) {
        start(new StandardEnvironment(), unknown + "=s3cret");

        assertThat(output)
                .contains(WARNING + unknown)
                .contains("did you mean " + meant + "?")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reftrail.acme.api-key=x",
                "reftrail.borealis.base-url=https://api.example",
                "reftrail.home=x",
                "reftrail.introw.apikey=x",
                "reftrail.introw.apiKey=x",
                "reftrail.introw.api_key=x",
                "reftrail.capture.exclude[0]=/health",
                "reftrail.lead.include=email,name",
                "reftrails.introw.api-key=x"
            })
    void thatAreKnownOrTheApplicationsOwnAreNot(String property, CapturedOutput output) {
        start(new StandardEnvironment(), property);

        assertThat(output).doesNotContain(WARNING);
    }

    @ParameterizedTest
    @CsvSource({"REFTRAIL_INTRO_APIKEY, true", "REFTRAIL_INTROW_APIKEY, false", "REFTRAIL_INTROW_API_KEY, false"})
    void amongTheEnvironmentVariablesTooAndWhereTheyStand(String variable, boolean warned, CapturedOutput output) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of(variable, "s3cret")));
        start(environment);

        assertThat(output.toString().contains(WARNING)).isEqualTo(warned);
        assertThat(output.toString().contains('"' + variable + '"')).isEqualTo(warned);
        assertThat(output).doesNotContain("s3cret");
    }

    @Test
    void allNamesAreTheOnesOfTheMetadata() {
        ReftrailFailureAnalyzer.Metadata metadata = new ReftrailFailureAnalyzer.Metadata();

        assertThat(UnknownProperties.names(BackendProvider.all()))
                .hasSizeGreaterThan(60)
                .allSatisfy(
                        name -> assertThat(metadata.description(name)).as(name).isNotBlank());
    }
}
