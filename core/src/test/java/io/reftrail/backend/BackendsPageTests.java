package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** {@code docs/backends.md} says what the backends do. With {@code -Dreftrail.write-docs=true} it is rewritten instead. */
class BackendsPageTests {

    private static final String COMMAND = "mvn -q -B -pl core test -Dtest=BackendsPageTests -Dreftrail.write-docs=true";

    @Test
    void theGeneratedSectionsAreWhatTheTablesSay() throws IOException {
        String page = Files.readString(BackendsPage.PAGE);
        String generated = BackendsPage.generate(page);
        if (Boolean.getBoolean("reftrail.write-docs")) {
            Files.writeString(BackendsPage.PAGE, generated);
        } else {
            assertThat(page)
                    .as("docs/backends.md is not what the tables say; rewrite it with%n%s%n", COMMAND)
                    .isEqualTo(generated);
        }
    }

    @Test
    void thereIsASectionForEachBackendAndForWhatIsSharedByAll() throws IOException {
        assertThat(BackendsPage.sections(Files.readString(BackendsPage.PAGE)))
                .doesNotHaveDuplicates()
                .containsAll(BackendsPage.expected());
    }
}
