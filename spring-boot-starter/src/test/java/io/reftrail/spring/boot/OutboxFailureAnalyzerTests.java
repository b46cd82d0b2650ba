package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mockito;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts an application whose database is away. */
@ExtendWith(OutputCaptureExtension.class)
class OutboxFailureAnalyzerTests {

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ReftrailOutboxAutoConfiguration.class, ReftrailAutoConfiguration.class})
    static class Application {

        @Bean
        DataSource away() throws SQLException {
            DataSource dataSource = Mockito.mock();
            Mockito.when(dataSource.getConnection()).thenThrow(new SQLException("no route to kim's database"));
            return dataSource;
        }
    }

    @Test
    void saysThatTheDatabaseIsAwayAndHowToStartWithoutIt(CapturedOutput output) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .initializers(context ->
                        TestPropertyValues.of("reftrail.introw.api-key=key").applyTo(context));
        assertThatThrownBy(application::run).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Reftrail cannot store leads")
                .contains("reftrail.outbox.store=embedded")
                .doesNotContain("kim");
    }
}
