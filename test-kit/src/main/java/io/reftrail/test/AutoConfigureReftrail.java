package io.reftrail.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Brings Reftrail into a test with Spring Boot, of the whole application or of its controllers, without a network: what it
 * would report is recorded in the bean {@link ReportedEvents}, which test methods may have as a parameter, too. Each test
 * begins {@linkplain ReportedEvents#reset() anew}, although the application goes on.
 *
 * <pre>{@code
 * @SpringBootTest
 * @AutoConfigureMockMvc
 * @AutoConfigureReftrail(backends = "introw")
 * class SignUpTests { … }
 * }</pre>
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ImportAutoConfiguration
@ExtendWith(ReportedEventsParameterResolver.class)
public @interface AutoConfigureReftrail {

    /** Where what is on its way waits. */
    enum Store {
        /** In memory, whatever the application has. */
        MEMORY,
        /** Where the application keeps it: then leads are in its transactions as they are in production. */
        APPLICATION
    }

    /**
     * Which of the six backends are active, by name; they are given credentials, and the others' are taken away. Where none is
     * named, those that the application has configured stay as they are. {@code TrackingBackend} beans are active in any case.
     */
    String[] backends() default {};

    /** Where what is on its way waits. */
    Store store() default Store.MEMORY;
}
