package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.backend.internal.ApiKey;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A key is held by a type that does not show it, so that no printed object contains a key. */
class KeySecrecyTests {

    private static final List<JavaClass> CLASSES = new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                    .importPackages("io.reftrail")
                    .stream()
                    .toList();

    private static Stream<JavaField> fields(JavaClass type) {
        return type.getFields().stream().filter(field -> !field.getModifiers().contains(JavaModifier.STATIC));
    }

    private static boolean maySpellAKey(JavaField field) {
        String name = field.getName().toLowerCase(Locale.ROOT);
        String type = field.getRawType().getName();
        boolean holds = type.equals(String.class.getName()) || type.equals("[B") || type.equals("[C");
        return holds
                && (name.contains("apikey") || name.contains("secret") || name.contains("token"))
                && !name.contains("leasetoken");
    }

    @Test
    void noTextIsAKeyButInTheTypeThatHidesIt() {
        assertThat(CLASSES.stream().flatMap(KeySecrecyTests::fields).filter(KeySecrecyTests::maySpellAKey))
                .isEmpty();
    }

    @Test
    void aKeyShowsItselfNowhere() {
        String key = "Key-7001";

        assertThat(List.of(
                                new ApiKey("introw", key),
                                IntrowBackend.builder(key),
                                RefportBackend.builder(key),
                                DubBackend.builder(key),
                                AffitorBackend.builder(key),
                                AffonsoBackend.builder(key, "prg_1"))
                        .toString())
                .doesNotContain(key);
    }
}
