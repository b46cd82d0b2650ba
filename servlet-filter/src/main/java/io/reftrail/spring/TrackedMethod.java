package io.reftrail.spring;

import io.reftrail.LeadRequest;
import io.reftrail.model.Customer;
import io.reftrail.model.RedactedFailure;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.expression.BeanResolver;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.util.ObjectUtils;

/** A method with a {@link TrackLead} annotation, which maps a call of the method to a lead. Thread-safe. */
final class TrackedMethod {

    private static final Logger logger = LoggerFactory.getLogger(TrackLead.class);

    private final Method method;
    private final String[] names;
    private final Map<String, LeadExpression> expressions;

    private TrackedMethod(Method method, String[] names, Map<String, LeadExpression> expressions) {
        this.method = method;
        this.names = names;
        this.expressions = expressions;
    }

    /**
     * Reads the annotation of a method.
     *
     * @param method the method that is called in the end
     * @param annotation the annotation of the method, or of the method that it overrides or implements
     * @throws IllegalStateException if the annotation cannot work; names class, method and expression
     */
    static TrackedMethod read(Method method, MergedAnnotation<TrackLead> annotation) {
        return new Reader(method, annotation).read();
    }

    /**
     * Returns the lead of a call, or {@code null} if the call signs up no customer.
     *
     * @param result the return value
     * @param beans resolves the beans that expressions name, or {@code null}
     * @throws LeadExpression.Failure if an expression fails; the log has it
     */
    @Nullable
    LeadRequest signUp(@Nullable Object[] arguments, @Nullable Object result, @Nullable BeanResolver beans) {
        EvaluationContext context = context(arguments, result, beans);
        try {
            if (expressions.containsKey("condition")
                    && !Boolean.TRUE.equals(value("condition", context, LeadExpression::toBoolean))) {
                return null;
            }
            String id = value("customerId", context, LeadExpression::toText);
            if (id == null || id.isBlank()) {
                return null;
            }
            Customer customer = Customer.of(id)
                    .withCreatedAt(value("createdAt", context, LeadExpression::toInstant))
                    .withEmail(detail("email", context, LeadExpression::toText))
                    .withName(detail("name", context, LeadExpression::toText))
                    .withAvatar(detail("avatar", context, LeadExpression::toText));
            Map<String, String> metadata = detail("metadata", context, LeadExpression::toMetadata);
            return LeadRequest.of(customer)
                    .withMetadata(metadata == null ? Map.of() : metadata)
                    .withReferralCode(code(context));
        } catch (LeadExpression.Failure failure) {
            logger.warn(
                    "{} has signed up a customer, but the lead cannot be reported", this, RedactedFailure.of(failure));
            throw failure;
        }
    }

    /** Returns whether the annotation has an expression for a code. */
    boolean mayHaveCode() {
        return expressions.containsKey("referralCode");
    }

    /**
     * Returns the code of a call, blank if there is none; {@code null} if the annotation has no expression for a code. Never throws.
     */
    @Nullable
    String code(@Nullable Object[] arguments, @Nullable BeanResolver beans) {
        return mayHaveCode() ? code(context(arguments, null, beans)) : null;
    }

    private @Nullable String code(EvaluationContext context) {
        String code = detail("referralCode", context, LeadExpression::toText);
        return code == null && mayHaveCode() ? "" : code;
    }

    private EvaluationContext context(
            @Nullable Object[] arguments, @Nullable Object result, @Nullable BeanResolver beans) {
        StandardEvaluationContext context = new StandardEvaluationContext();
        for (int index = 0; index < arguments.length; index++) {
            context.setVariable("p" + index, arguments[index]);
            context.setVariable("a" + index, arguments[index]);
            if (index < names.length) {
                context.setVariable(names[index], arguments[index]);
            }
        }
        if (method.getReturnType() != void.class) {
            context.setVariable("result", ObjectUtils.unwrapOptional(result));
        }
        if (beans != null) {
            context.setBeanResolver(beans);
        }
        return context;
    }

    private <T> @Nullable T value(
            String attribute, EvaluationContext context, Function<@Nullable Object, @Nullable T> conversion) {
        LeadExpression expression = expressions.get(attribute);
        return expression == null ? null : expression.value(context, conversion);
    }

    /** Returns the value of an optional attribute; {@code null} if its expression fails. */
    private <T> @Nullable T detail(
            String attribute, EvaluationContext context, Function<@Nullable Object, @Nullable T> conversion) {
        try {
            return value(attribute, context, conversion);
        } catch (LeadExpression.Failure failure) {
            logger.warn("The lead of {} is reported without {}", this, attribute, RedactedFailure.of(failure));
            return null;
        }
    }

    /** Class and method. */
    @Override
    public String toString() {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }

    /** Reads an annotation and rejects one that cannot work. */
    private static final class Reader {

        private static final List<String> ATTRIBUTES =
                List.of("condition", "customerId", "createdAt", "email", "name", "avatar", "metadata", "referralCode");

        private static final DefaultParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

        private final Method method;
        private final Method declared;
        private final MergedAnnotation<TrackLead> annotation;

        Reader(Method method, MergedAnnotation<TrackLead> annotation) {
            this.method = method;
            this.declared = annotation.getSource() instanceof Method source ? source : method;
            this.annotation = annotation;
        }

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
                    throw refusal(
                            "cannot distinguish a parameter named result from the return value: rename the parameter");
                }
            }
            for (int index = 0; index < declared.getParameterCount(); index++) {
                variables.add("#p" + index);
                variables.add("#a" + index);
            }
            return variables;
        }

        /** A proxy cannot intercept such a method. */
        private void requireReachable() {
            int modifiers = method.getModifiers();
            boolean open = !Modifier.isFinal(method.getDeclaringClass().getModifiers());
            if (Modifier.isPrivate(modifiers)
                    || Modifier.isStatic(modifiers)
                    || (Modifier.isFinal(modifiers) && open)) {
                throw refusal("is on a method that is private, static or final, which a proxy cannot intercept");
            }
        }

        /** Such a method has done nothing yet when it returns. */
        private void requireDoneOnReturn() {
            Class<?> type = method.getReturnType();
            boolean reactive = !CompletionStage.class.isAssignableFrom(type)
                    && ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
            if (reactive || KotlinDetector.isSuspendingFunction(method)) {
                throw refusal(
                        "is on a method that returns before the customer has signed up: call Reftrail.lead instead");
            }
        }

        private IllegalStateException refusal(String problem) {
            return new IllegalStateException(
                    "@TrackLead on " + method.getDeclaringClass().getName() + "." + method.getName() + ": " + problem);
        }
    }
}
