package io.reftrail.spring;

import io.reftrail.LeadRequest;
import io.reftrail.model.Customer;
import io.reftrail.model.RedactedFailure;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.expression.BeanResolver;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.util.ObjectUtils;

/** A method with a {@link TrackLead}: tells whom a call of it has signed up. Thread-safe. */
final class TrackedMethod {

    private static final Logger logger = LoggerFactory.getLogger(TrackLead.class);

    private final Method method;
    private final String[] names;
    private final Map<String, LeadExpression> expressions;

    /**
     * @param method where the annotation stands
     * @param names the names of its parameters; none if they are unknown
     * @param expressions by the attribute that they are written in; what is not written is not there
     */
    TrackedMethod(Method method, String[] names, Map<String, LeadExpression> expressions) {
        this.method = method;
        this.names = names;
        this.expressions = expressions;
    }

    /**
     * Returns whom a call has signed up, or {@code null} if it is nobody. Does not throw for an expression that fails.
     *
     * @param result what it has returned
     * @param beans who else can be asked, or {@code null}
     */
    @Nullable
    LeadRequest signUp(@Nullable Object[] arguments, @Nullable Object result, @Nullable BeanResolver beans) {
        EvaluationContext context = context(arguments, result, beans);
        try {
            if (expressions.containsKey("condition")
                    && !Boolean.TRUE.equals(value("condition", context, LeadValue::truth))) {
                return null;
            }
            String id = value("customerId", context, LeadValue::text);
            if (id == null || id.isBlank()) {
                return null;
            }
            Customer customer = Customer.of(id)
                    .withCreatedAt(value("createdAt", context, LeadValue::instant))
                    .withEmail(detail("email", context, LeadValue::text))
                    .withName(detail("name", context, LeadValue::text))
                    .withAvatar(detail("avatar", context, LeadValue::text));
            Map<String, String> metadata = detail("metadata", context, LeadValue::metadata);
            return LeadRequest.of(customer).withMetadata(metadata == null ? Map.of() : metadata);
        } catch (LeadExpression.Failure failure) {
            logger.warn("{} has signed up a customer who is not reported", this, RedactedFailure.of(failure));
            return null;
        }
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

    /** What a lead can do without. */
    private <T> @Nullable T detail(
            String attribute, EvaluationContext context, Function<@Nullable Object, @Nullable T> conversion) {
        try {
            return value(attribute, context, conversion);
        } catch (LeadExpression.Failure failure) {
            logger.warn("{} is reported without {}", this, attribute, RedactedFailure.of(failure));
            return null;
        }
    }

    /** Class and method. */
    @Override
    public String toString() {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
