package io.reftrail.test;

import io.reftrail.Reftrail;
import io.reftrail.outbox.Outbox;
import io.reftrail.test.EventLog.StatusLog;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.springframework.test.context.support.AbstractTestExecutionListener;
import org.springframework.test.context.support.TestPropertySourceUtils;

/**
 * A customizer that registers the recorder before the application starts. Tests with equal customizers share a context.
 *
 * @param backends see {@link AutoConfigureReftrail#backends()}
 * @param store see {@link AutoConfigureReftrail#store()}
 */
record ReftrailContextCustomizer(List<String> backends, AutoConfigureReftrail.Store store)
        implements ContextCustomizer {

    private static final String NAME = "reftrailTest";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        addProperties(context.getEnvironment().getPropertySources());
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        ReportedEvents events = new ReportedEvents();
        beans.registerSingleton(NAME + "Events", events);
        beans.addBeanPostProcessor(new ReftrailRecording(events));
        register((BeanDefinitionRegistry) beans, events);
    }

    /** The test's own properties take precedence. */
    private void addProperties(MutablePropertySources sources) {
        Map<String, Object> properties = TestBackends.properties(backends);
        properties.put("reftrail.enabled", true);
        properties.put("reftrail.delivery.shutdown-timeout", "0s");
        if (store == AutoConfigureReftrail.Store.MEMORY) {
            properties.put("reftrail.outbox.store", "memory");
        }
        MapPropertySource ours = new MapPropertySource(NAME, properties);
        String inlined = TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME;
        if (sources.contains(inlined)) {
            sources.addAfter(inlined, ours);
        } else {
            sources.addFirst(ours);
        }
    }

    /** The transport takes precedence over the application's; the other beans are added to the application's. */
    private static void register(BeanDefinitionRegistry registry, ReportedEvents events) {
        RootBeanDefinition transport = new RootBeanDefinition(RecordingTransport.class, events::transport);
        transport.setPrimary(true);
        registry.registerBeanDefinition(NAME + "Transport", transport);
        registry.registerBeanDefinition(
                NAME + "LeadListener", new RootBeanDefinition(StatusLog.class, () -> new StatusLog(events.log())));
    }

    /** A factory of customizers for tests with {@link AutoConfigureReftrail}. */
    static final class ReftrailContextCustomizerFactory implements ContextCustomizerFactory {

        @Override
        public @Nullable ContextCustomizer createContextCustomizer(
                Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
            AutoConfigureReftrail wanted =
                    TestContextAnnotationUtils.findMergedAnnotation(testClass, AutoConfigureReftrail.class);
            return wanted == null
                    ? null
                    : new ReftrailContextCustomizer(
                            List.of(wanted.backends()).stream()
                                    .distinct()
                                    .sorted()
                                    .toList(),
                            wanted.store());
        }
    }

    /** A post-processor that wraps the application's outbox in a recorder and connects the recorder to {@link Reftrail}. */
    static final class ReftrailRecording implements BeanPostProcessor {

        private final ReportedEvents events;

        ReftrailRecording(ReportedEvents events) {
            this.events = events;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (bean instanceof Outbox outbox) {
                return events.recording(outbox);
            }
            if (bean instanceof Reftrail reftrail) {
                events.attach(reftrail);
            }
            return bean;
        }
    }

    /** A listener that resets the recorder before each test with {@link AutoConfigureReftrail}. */
    static final class ReftrailTestExecutionListener extends AbstractTestExecutionListener {

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

    /**
     * A resolver that passes the application's {@link ReportedEvents} to test methods. It ignores constructors and
     * {@code @Autowired} parameters, which Spring's own extension resolves: JUnit permits one resolver for each parameter.
     */
    static final class ReportedEventsParameterResolver implements ParameterResolver {

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
}
