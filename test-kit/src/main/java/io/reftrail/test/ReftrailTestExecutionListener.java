package io.reftrail.test;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** A listener that resets the recorder before each test with {@link AutoConfigureReftrail}. */
final class ReftrailTestExecutionListener extends AbstractTestExecutionListener {

    /** Returns an order before transactions begin, so that a rollback does not undo the reset. */
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
