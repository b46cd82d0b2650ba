package io.reftrail.test;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Has each test that says {@link AutoConfigureReftrail} begin anew, before its own preparations. */
final class ReftrailTestExecutionListener extends AbstractTestExecutionListener {

    /** Before transactions begin, so that what is forgotten stays so. */
    @Override
    public int getOrder() {
        return 3_900;
    }

    @Override
    public void beforeTestMethod(TestContext test) {
        if (TestContextAnnotationUtils.hasAnnotation(test.getTestClass(), AutoConfigureReftrail.class)) {
            test.getApplicationContext().getBean(ReportedEvents.class).reset();
        }
    }
}
