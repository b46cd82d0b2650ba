package io.reftrail.spring;

import io.reftrail.model.RedactedFailure;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

/** A pointcut of the methods with a {@link TrackLead} annotation, which is read once for each class. Thread-safe. */
final class TrackedMethods extends StaticMethodMatcherPointcut {

    private static final Logger logger = LoggerFactory.getLogger(TrackLead.class);

    private final Map<Class<?>, Map<Method, TrackedMethod>> known = new ConcurrentHashMap<>();

    /**
     * Returns whether a class, or a type that it extends or implements, has such a method.
     *
     * @throws IllegalStateException if an annotation cannot work
     */
    boolean areIn(Class<?> type) {
        return !of(type).isEmpty();
    }

    /** Returns whether a class that was read so far has such a method. */
    boolean areAny() {
        return known.values().stream().anyMatch(methods -> !methods.isEmpty());
    }

    /** Returns {@code null} if the method has no annotation. */
    @Nullable
    TrackedMethod find(Method method, @Nullable Class<?> type) {
        Class<?> called = type == null ? method.getDeclaringClass() : type;
        return of(called).get(AopUtils.getMostSpecificMethod(method, called));
    }

    @Override
    public boolean matches(Method method, Class<?> targetClass) {
        return find(method, targetClass) != null;
    }

    private Map<Method, TrackedMethod> of(Class<?> type) {
        Class<?> user = ClassUtils.getUserClass(type);
        Map<Method, TrackedMethod> methods = known.get(user);
        if (methods == null) {
            methods = read(user);
            known.put(user, methods);
        }
        return methods;
    }

    private static Map<Method, TrackedMethod> read(Class<?> type) {
        Map<Method, TrackedMethod> methods = new LinkedHashMap<>();
        annotations(type).forEach((method, annotation) -> methods.put(method, TrackedMethod.read(method, annotation)));
        return methods.isEmpty() ? Map.of() : methods;
    }

    /** Skips a class whose methods cannot be read because they name a type that is missing. */
    private static Map<Method, MergedAnnotation<TrackLead>> annotations(Class<?> type) {
        if (!AnnotationUtils.isCandidateClass(type, TrackLead.class)
                || type.getName().startsWith("org.springframework.")) {
            return Map.of();
        }
        try {
            return MethodIntrospector.selectMethods(type, TrackedMethods::annotation);
        } catch (RuntimeException | LinkageError failure) {
            logger.debug("Cannot read the methods of {} for @TrackLead", type.getName(), RedactedFailure.of(failure));
            return Map.of();
        }
    }

    private static @Nullable MergedAnnotation<TrackLead> annotation(Method method) {
        MergedAnnotation<TrackLead> annotation =
                MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).get(TrackLead.class);
        return annotation.isPresent() ? annotation : null;
    }
}
