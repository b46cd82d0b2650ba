package io.reftrail.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.resource;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** The hints for Spring's ahead-of-time processing, found through their registration file. */
class ReftrailRuntimeHintsTests {

    private final RuntimeHints hints = new RuntimeHints();

    ReftrailRuntimeHintsTests() {
        List<RuntimeHintsRegistrar> registrars = SpringFactoriesLoader.forResourceLocation(
                        "META-INF/spring/aot.factories")
                .load(RuntimeHintsRegistrar.class);
        registrars.stream()
                .filter(registrar -> registrar.getClass().getName().startsWith("io.reftrail."))
                .forEach(registrar -> registrar.registerHints(hints, getClass().getClassLoader()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mysql", "h2", "sqlite"})
    void theScriptsOfTheOutboxAreKept(String database) {
        assertThat(resource().forResource("io/reftrail/outbox/schema/" + database + "/R__reftrail_outbox.sql"))
                .accepts(hints);
        assertThat(getClass().getResource("/io/reftrail/outbox/schema/" + database + "/R__reftrail_outbox.sql"))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jakarta.servlet.http.HttpServletRequest",
                "org.springframework.web.context.request.RequestContextHolder",
                "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy"
            })
    void aModuleThatIsThereIsSeen(String type) {
        assertThat(reflection().onType(TypeReference.of(type))).accepts(hints);
    }

    @Test
    void whatIsNotThereIsNotNamed() {
        RuntimeHints none = new RuntimeHints();
        new ReftrailRuntimeHints().registerHints(none, ClassLoader.getPlatformClassLoader());

        assertThat(none.reflection().typeHints())
                .extracting(hint -> hint.getType().getName())
                .containsExactlyInAnyOrder(
                        "java.lang.Thread", "java.lang.Thread$Builder", "java.util.concurrent.Executors");
    }

    @Test
    void theEmbeddedFilesDriverCanBeMade() {
        assertThat(reflection()
                        .onType(TypeReference.of("org.sqlite.JDBC"))
                        .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
                .accepts(hints);
    }
}
