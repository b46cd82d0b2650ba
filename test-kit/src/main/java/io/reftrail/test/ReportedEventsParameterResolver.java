package io.reftrail.test;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A resolver that passes the application's {@link ReportedEvents} to test methods. It ignores constructors and
 * {@code @Autowired} parameters, which Spring's own extension resolves: JUnit permits one resolver for each parameter.
 */
final class ReportedEventsParameterResolver implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ReportedEvents.class
                && parameter.getDeclaringExecutable() instanceof Method method
                && !AnnotatedElementUtils.hasAnnotation(method, Autowired.class)
                && !AnnotatedElementUtils.hasAnnotation(parameter.getParameter(), Autowired.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return SpringExtension.getApplicationContext(context).getBean(ReportedEvents.class);
    }
}
