package io.reftrail.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** A factory of customizers for tests with {@link AutoConfigureReftrail}. */
final class ReftrailContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        AutoConfigureReftrail wanted =
                TestContextAnnotationUtils.findMergedAnnotation(testClass, AutoConfigureReftrail.class);
        return wanted == null
                ? null
                : new ReftrailContextCustomizer(
                        List.of(wanted.backends()).stream().distinct().sorted().toList(), wanted.store());
    }
}
