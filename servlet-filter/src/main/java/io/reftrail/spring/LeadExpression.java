package io.reftrail.spring;

import java.time.Instant;
import java.time.temporal.TemporalAccessor;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelEvaluationException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/** An expression of a {@link TrackLead} annotation, checked for its syntax and its variables, and the conversion of its value. */
final class LeadExpression {

    private static final SpelExpressionParser PARSER = new SpelExpressionParser();

    private static final Set<String> SPECIAL = Set.of("#this", "#root");

    private final String attribute;
    private final Expression expression;

    private LeadExpression(String attribute, Expression expression) {
        this.attribute = attribute;
        this.expression = expression;
    }

    /**
     * Parses an expression.
     *
     * @param attribute the annotation's attribute that holds it
     * @param variables the variables that it may use, each with its {@code #}
     * @throws IllegalArgumentException if the syntax is wrong or a variable is unknown; the message says which
     */
    static LeadExpression parse(String attribute, String text, Set<String> variables) {
        SpelExpression expression;
        try {
            expression = PARSER.parseRaw(text);
        } catch (ParseException | IllegalStateException broken) {
            throw new IllegalArgumentException("is not an expression: " + broken.getMessage(), broken);
        }
        SpelNode root = expression.getAST();
        requireRooted(root instanceof CompoundExpression ? root.getChild(0) : root);
        requireKnown(root, variables);
        return new LeadExpression(attribute, expression);
    }

    /** There is no root object, so a name without a {@code #} is a mistake. */
    private static void requireRooted(SpelNode first) {
        if (first instanceof PropertyOrFieldReference || first instanceof MethodReference) {
            throw new IllegalArgumentException("refers to " + first.toStringAST() + "; write a parameter with a #");
        }
    }

    private static void requireKnown(SpelNode node, Set<String> variables) {
        String name = node.toStringAST();
        if (node instanceof FunctionReference) {
            throw new IllegalArgumentException("calls a function, and there are no functions: " + name);
        }
        if (node instanceof VariableReference && !SPECIAL.contains(name) && !variables.contains(name)) {
            throw new IllegalArgumentException("uses the unknown variable " + name + "; known are "
                    + String.join(", ", variables)
                    + ". Parameter names need the compiler option -parameters");
        }
        for (int child = 0; child < node.getChildCount(); child++) {
            requireKnown(node.getChild(child), variables);
        }
    }

    /**
     * Evaluates the expression.
     *
     * @param conversion converts the value; may throw
     * @throws Failure if the expression cannot be evaluated, or its value not be converted
     */
    <T> @Nullable T value(EvaluationContext context, Function<@Nullable Object, @Nullable T> conversion) {
        try {
            return conversion.apply(expression.getValue(context));
        } catch (RuntimeException | Error failure) {
            throw new Failure(this, failure);
        }
    }

    /** The expression as it is written in the annotation. */
    @Override
    public String toString() {
        return attribute + " = \"" + expression.getExpressionString() + "\"";
    }

    /** Returns a boolean; {@code null} is {@code false}. */
    static Boolean toBoolean(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new UnusableValue(value, "true or false");
    }

    /** Returns the text of a simple value. The text of any other object would be the name of its class. */
    static @Nullable String toText(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (!BeanUtils.isSimpleValueType(value.getClass())) {
            throw new UnusableValue(value, "a text, a number or a UUID");
        }
        return value.toString();
    }

    /** Returns the instant of a date, or of a date and time with an offset or a zone. */
    static @Nullable Instant toInstant(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Date date) {
            return date.toInstant();
        }
        if (value instanceof TemporalAccessor time) {
            return Instant.from(time);
        }
        throw new UnusableValue(value, "an instant");
    }

    /** Returns the entries of a map that are not {@code null}, as texts. */
    static Map<String, String> toMetadata(@Nullable Object value) {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new UnusableValue(value, "a map");
        }
        Map<String, String> metadata = new HashMap<>();
        map.forEach((key, entry) -> {
            String name = toText(key);
            String text = toText(entry);
            if (name != null && text != null) {
                metadata.put(name, text);
            }
        });
        return metadata;
    }

    /** An expression cannot be evaluated. The message names the expression, and no value. */
    static final class Failure extends RuntimeException {

        private static final long serialVersionUID = 1;

        private Failure(LeadExpression expression, Throwable cause) {
            super(
                    expression + (cause instanceof SpelEvaluationException spel ? ": " + spel.getMessageCode() : ""),
                    cause);
        }
    }

    /** The class of a value cannot be used. The message names the class, and not the value. */
    private static final class UnusableValue extends RuntimeException {

        private static final long serialVersionUID = 1;

        private UnusableValue(Object value, String needed) {
            super("a " + value.getClass().getName() + " is not " + needed);
        }
    }
}
