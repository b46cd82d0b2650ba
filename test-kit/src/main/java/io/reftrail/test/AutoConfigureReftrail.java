package io.reftrail.test;

import io.reftrail.test.ReftrailContextCustomizer.ReportedEventsParameterResolver;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Auto-configuration of Reftrail for a Spring Boot test of the whole application or of a slice. Nothing is sent: the bean
 * {@link ReportedEvents}, which can also be a parameter of a test method, records what Reftrail reports. Each test starts
 * {@linkplain ReportedEvents#reset() fresh}, while the application context is shared.
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

    /** A place for events that wait. */
    enum Store {
        /** In memory, whatever the application uses. */
        MEMORY,
        /** The application's own outbox, so that leads are part of its transactions as in production. */
        APPLICATION
    }

    /**
     * Returns the names of the vendors' backends that are active, with made-up credentials; the others are inactive. If empty,
     * the application's configuration applies. {@code TrackingBackend} beans are always active.
     */
    String[] backends() default {};

    /** Returns where events wait. */
    Store store() default Store.MEMORY;
}
