package io.reftrail.test;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Gives test methods the {@link ReportedEvents} of their application. Leaves constructors, and parameters that are
 * {@code @Autowired}, to Spring's own extension: JUnit wants one to be responsible.
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
