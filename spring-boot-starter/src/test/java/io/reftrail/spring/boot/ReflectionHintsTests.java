package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

import io.reftrail.outbox.DeadEvent;
import io.reftrail.spring.boot.ReftrailStatus.BackendStatus;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/** What Spring's ahead-of-time processing finds out about an application with the starter. */
class ReflectionHintsTests {

    private static RuntimeHints hints() {
        DefaultGenerationContext generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get("io.example", "Shop")), new InMemoryGeneratedFiles());
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            TestPropertyValues.of("reftrail.introw.api-key=key").applyTo(context);
            context.register(
                    ReftrailOutboxAutoConfiguration.class,
                    ReftrailAutoConfiguration.class,
                    ReftrailActuatorAutoConfiguration.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        return generation.getRuntimeHints();
    }

    @Test
    void whatIsWrittenAsJsonCanBeRead() {
        RuntimeHints hints = hints();
        for (Class<?> written : Arrays.asList(ReftrailStatus.class, BackendStatus.class, DeadEvent.class)) {
            assertThat(reflection().onType(written)).accepts(hints);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ReftrailProperties.class,
                ReftrailProperties.Capture.class,
                ReftrailProperties.Outbox.class,
                ReftrailProperties.Delivery.class
            })
    void propertiesCanBeBound(Class<?> properties) {
        assertThat(reflection()
                        .onType(properties)
                        .withAnyMemberCategory(
                                MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS)
                        .or(reflection().onConstructorInvocation(properties.getDeclaredConstructors()[0])))
                .accepts(hints());
    }
}
