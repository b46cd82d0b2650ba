package io.reftrail.test;

import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
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
}
