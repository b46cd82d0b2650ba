package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reftrail.model.InvalidSettingException;
import jakarta.servlet.FilterConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** {@code docs/configuration.md} lists the init-params that there are, and no others. */
class InitParameterDocumentationTests {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `reftrail\\.([a-z-]+\\.[a-z-]+)` \\|(?!.*Boot only).*$");

    @Test
    void everyInitParamIsDocumentedAndEveryDocumentedOneExists() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "configuration.md"));
        TreeSet<String> documented = new TreeSet<>(
                ROW.matcher(page).results().map(row -> row.group(1)).toList());
        assertThat(page).contains("init-param `backends`");
        documented.add("backends");

        FilterConfig config = Mockito.mock();
        Mockito.when(config.getInitParameterNames()).thenReturn(Collections.enumeration(List.of("unknown")));
        InvalidSettingException refusal =
                catchThrowableOfType(InvalidSettingException.class, () -> new FilterConfiguration(config));

        assertThat(refusal.action("")).isEqualTo("Write one of " + documented + ".");
    }
}
