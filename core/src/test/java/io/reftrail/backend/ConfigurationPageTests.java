package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of the backends' properties. With {@code -Dreftrail.write-docs=true} it is rewritten instead. */
class ConfigurationPageTests {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String COMMAND =
            "mvn -q -B -pl core test -Dtest=ConfigurationPageTests -Dreftrail.write-docs=true";
    private static final Pattern SECTION =
            Pattern.compile("(?s)(<!-- generated: backends -->\n).*?(<!-- end of generated -->)");

    private static String table() {
        MarkdownTable table = new MarkdownTable("Property", "Default", "Meaning");
        for (BackendSettings<?> vendor : BackendProvider.all()) {
            vendor.all()
                    .forEach(setting -> table.row(
                            "`reftrail." + setting.name() + "`",
                            setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`",
                            setting.description()));
        }
        return table.toString().replace("|  |", "| |");
    }

    @Test
    void theTableIsWhatTheVendorsDeclare() throws IOException {
        String page = Files.readString(PAGE);
        String generated = SECTION.matcher(page).replaceFirst("$1" + Matcher.quoteReplacement(table()) + "$2");

        if (Boolean.getBoolean("reftrail.write-docs")) {
            Files.writeString(PAGE, generated);
        } else {
            assertThat(page)
                    .as("docs/configuration.md is not what the vendors declare; rewrite it with%n%s%n", COMMAND)
                    .contains("<!-- generated: backends -->")
                    .isEqualTo(generated);
        }
    }
}
