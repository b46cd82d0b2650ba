package io.reftrail.spring;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

/** An expression of a {@link TrackLead} that can be evaluated: its syntax is right, and it names nothing unknown. */
final class LeadExpression {

    private static final SpelExpressionParser PARSER = new SpelExpressionParser();

    /** What is being looked at, and what all is looked at from: there is none of the latter, it is {@code null}. */
    private static final Set<String> SPECIAL = Set.of("#this", "#root");

    private final String attribute;
    private final Expression expression;

    private LeadExpression(String attribute, Expression expression) {
        this.attribute = attribute;
        this.expression = expression;
    }

    /**
     * Reads an expression.
     *
     * @param attribute where it is written
     * @param variables the names that it may use, each with its {@code #}
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static LeadExpression parse(String attribute, String text, Set<String> variables) {
        SpelExpression expression;
        try {
            expression = PARSER.parseRaw(text);
        } catch (ParseException | IllegalStateException broken) {
            throw new IllegalArgumentException("is no expression: " + broken.getMessage(), broken);
        }
        SpelNode root = expression.getAST();
        requireRooted(root instanceof CompoundExpression ? root.getChild(0) : root);
        requireKnown(root, variables);
        return new LeadExpression(attribute, expression);
    }

    /** What is not a variable would be asked of an object that does not exist: somebody has forgotten the {@code #}. */
    private static void requireRooted(SpelNode first) {
        if (first instanceof PropertyOrFieldReference || first instanceof MethodReference) {
            throw new IllegalArgumentException(
                    "asks nobody for " + first.toStringAST() + "; a parameter is written with a #");
        }
    }

    private static void requireKnown(SpelNode node, Set<String> variables) {
        String name = node.toStringAST();
        if (node instanceof FunctionReference) {
            throw new IllegalArgumentException("calls a function, and there are none: " + name);
        }
        if (node instanceof VariableReference && !SPECIAL.contains(name) && !variables.contains(name)) {
            throw new IllegalArgumentException("knows no " + name + ", only " + String.join(", ", variables)
                    + "; names of parameters need the compiler's option -parameters");
        }
        for (int child = 0; child < node.getChildCount(); child++) {
            requireKnown(node.getChild(child), variables);
        }
    }

    /**
     * Evaluates the expression.
     *
     * @param conversion what makes of it what is needed; may throw
     * @throws Failure if it cannot be evaluated, or not be converted
     */
    <T> @Nullable T value(EvaluationContext context, Function<@Nullable Object, @Nullable T> conversion) {
        try {
            return conversion.apply(expression.getValue(context));
        } catch (RuntimeException | Error failure) {
            throw new Failure(this, failure);
        }
    }

    /** As it was written. */
    @Override
    public String toString() {
        return attribute + " = \"" + expression.getExpressionString() + "\"";
    }

    /** An expression could not be evaluated. The message says which one, and nothing of what it was evaluated for. */
    static final class Failure extends RuntimeException {

        private static final long serialVersionUID = 1;

        private Failure(LeadExpression expression, Throwable cause) {
            super(
                    expression + (cause instanceof SpelEvaluationException spel ? ": " + spel.getMessageCode() : ""),
                    cause);
        }
    }
}
