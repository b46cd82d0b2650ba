package io.reftrail.security;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** Lets a listener hear what is published in the contexts above its own, which a child context is not told. Thread-safe. */
final class AncestorContexts {

    private final ApplicationListener<?> listener;
    private final List<ConfigurableApplicationContext> heard = new CopyOnWriteArrayList<>();

    AncestorContexts(ApplicationListener<?> listener) {
        this.listener = listener;
    }

    void listen(ApplicationContext context) {
        for (ApplicationContext parent = context.getParent(); parent != null; parent = parent.getParent()) {
            if (parent instanceof ConfigurableApplicationContext configurable) {
                configurable.addApplicationListener(listener);
                heard.add(configurable);
            }
        }
    }

    /** The contexts above may live on. */
    void close() {
        heard.forEach(context -> context.removeApplicationListener(listener));
        heard.clear();
    }
}
