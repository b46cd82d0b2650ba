package io.reftrail.spring;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;

/**
 * The hints of a native image for the objects that the expressions of a {@link TrackLead} can read: the parameters and the return
 * value of its method, and the properties of both, recursively.
 */
final class TrackLeadReflectiveProcessor implements ReflectiveProcessor {

    private final BindingReflectionHintsRegistrar properties = new BindingReflectionHintsRegistrar();

    @Override
    public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
        if (element instanceof Method method) {
            register(hints, method.getReturnType(), method.getGenericReturnType());
            Class<?>[] types = method.getParameterTypes();
            for (int index = 0; index < types.length; index++) {
                register(hints, types[index], method.getGenericParameterTypes()[index]);
            }
        }
    }

    private void register(ReflectionHints hints, Class<?> type, Type generic) {
        properties.registerReflectionHints(hints, generic);
        if (!type.isPrimitive()) {
            hints.registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
        }
    }
}
