package io.reftrail.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.MergedAnnotation;

/** Reads a {@link TrackLead}, and refuses one that could never work. */
final class TrackLeadReader {

    private static final List<String> ATTRIBUTES =
            List.of("condition", "customerId", "createdAt", "email", "name", "avatar", "metadata");

    private static final DefaultParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    private final Method method;
    private final Method declared;
    private final MergedAnnotation<TrackLead> annotation;

    /**
     * @param method what is called in the end
     * @param annotation the annotation of the method, or of the one that it overrides or implements
     */
    TrackLeadReader(Method method, MergedAnnotation<TrackLead> annotation) {
        this.method = method;
        this.declared = annotation.getSource() instanceof Method source ? source : method;
        this.annotation = annotation;
    }

    /** @throws IllegalStateException naming class, method and expression, and what is wrong */
    TrackedMethod read() {
        requireReachable();
        requireDoneOnReturn();
        @Nullable String[] discovered = NAMES.getParameterNames(declared);
        String[] names = discovered == null ? new String[0] : discovered;
        Set<String> variables = variables(names);
        Map<String, LeadExpression> expressions = new LinkedHashMap<>();
        for (String attribute : ATTRIBUTES) {
            String text = annotation.getString(attribute);
            if (!text.isBlank()) {
                expressions.put(attribute, parse(attribute, text, variables));
            }
        }
        if (!expressions.containsKey("customerId")) {
            throw refusal("has no customerId");
        }
        return new TrackedMethod(declared, names, expressions);
    }

    private LeadExpression parse(String attribute, String text, Set<String> variables) {
        try {
            return LeadExpression.parse(attribute, text, variables);
        } catch (IllegalArgumentException broken) {
            throw refusal(attribute + " = \"" + text + "\" " + broken.getMessage());
        }
    }

    private Set<String> variables(String[] names) {
        Set<String> variables = new LinkedHashSet<>();
        if (declared.getReturnType() != void.class) {
            variables.add("#result");
        }
        for (String name : names) {
            if (!variables.add("#" + name)) {
                throw refusal("cannot tell a parameter named result from what is returned: call it something else");
            }
        }
        for (int index = 0; index < declared.getParameterCount(); index++) {
            variables.add("#p" + index);
            variables.add("#a" + index);
        }
        return variables;
    }

    /** Nobody could see such a method being called. */
    private void requireReachable() {
        int modifiers = method.getModifiers();
        boolean open = !Modifier.isFinal(method.getDeclaringClass().getModifiers());
        if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers) || (Modifier.isFinal(modifiers) && open)) {
            throw refusal("is on a method that is private, static or final, which no proxy can see");
        }
    }

    /** Nothing has happened yet when such a method returns, and nothing may ever happen. */
    private void requireDoneOnReturn() {
        Class<?> type = method.getReturnType();
        boolean reactive = !CompletionStage.class.isAssignableFrom(type)
                && ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
        if (reactive || KotlinDetector.isSuspendingFunction(method)) {
            throw refusal("is on a method that has signed up nobody yet when it returns: call Reftrail.lead instead");
        }
    }

    private IllegalStateException refusal(String problem) {
        return new IllegalStateException(
                "@TrackLead on " + method.getDeclaringClass().getName() + "." + method.getName() + ": " + problem);
    }
}
