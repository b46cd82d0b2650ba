package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.reftrail.capture.ReferralCapture.ClickModel;
import io.reftrail.model.InvalidSettingException;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An init-param as somebody wrote it: a value, or the exception that names it. */
class InitParametersFuzzTests {

    private static final String NAME = "some.name";

    @FuzzTest
    void areReadOrRefused(byte[] input) {
        InitParameters parameters = new InitParameters(new OneParameter(new String(input, StandardCharsets.UTF_8)));
        for (Runnable reader : List.<Runnable>of(
                () -> parameters.text(NAME),
                () -> parameters.flag(NAME),
                () -> parameters.number(NAME, 1),
                () -> parameters.constant(NAME, ClickModel.LAST_CLICK),
                () -> assertThat(parameters.duration(NAME, Duration.ofSeconds(1)))
                        .isGreaterThanOrEqualTo(Duration.ZERO),
                () -> assertThat(parameters.list(NAME, List.of())).noneMatch(String::isBlank))) {
            try {
                reader.run();
            } catch (InvalidSettingException refused) {
                assertThat(refused).hasMessageContaining(NAME);
            }
        }
        assertThatCode(parameters::refuseUnknown).doesNotThrowAnyException();
    }

    private record OneParameter(String value) implements FilterConfig {

        @Override
        public String getFilterName() {
            return "reftrail";
        }

        @Override
        public ServletContext getServletContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable String getInitParameter(String name) {
            return name.equals(NAME) ? value : null;
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return Collections.enumeration(List.of(NAME));
        }
    }
}
