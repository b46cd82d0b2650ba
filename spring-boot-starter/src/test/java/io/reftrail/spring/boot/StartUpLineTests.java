package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What an application says at its start of who is told, and where leads wait. */
@ExtendWith(OutputCaptureExtension.class)
class StartUpLineTests {

    @TempDir
    private Path directory;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ReftrailOutboxAutoConfiguration.class, ReftrailAutoConfiguration.class})
    static class Application {

        @Bean
        DataSource database() {
            return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        }
    }

    private void start(String... properties) {
        new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> TestPropertyValues.of(
                                "spring.application.name=shop", "reftrail.outbox.directory=" + directory)
                        .and(properties)
                        .applyTo(context))
                .run()
                .close();
    }

    @ParameterizedTest
    @CsvSource({
        "memory,   Reftrail reports to [introw]; leads wait in memory",
        "embedded, Reftrail reports to [introw]; leads wait in the file {}",
        "jdbc,     Reftrail reports to [introw]; leads wait in the application's H2 database",
        "auto,     Reftrail reports to [introw]; leads wait in the application's H2 database"
    })
    void saysWhoIsToldAndWhereLeadsWait(String store, String line, CapturedOutput output) {
        start("reftrail.introw.api-key=key", "reftrail.outbox.store=" + store);

        assertThat(output).containsOnlyOnce(line.replace("{}", directory.toString()));
    }

    @Test
    void namesEveryBackend(CapturedOutput output) {
        start("reftrail.dub.api-key=key", "reftrail.affihub.program-id=program");

        assertThat(output).contains("Reftrail reports to [affihub, dub];");
    }

    @Test
    void warnsWhereNobodyIsTold(CapturedOutput output) {
        start();

        assertThat(output).containsOnlyOnce("Reftrail has no backend and captures nothing.");
    }
}
