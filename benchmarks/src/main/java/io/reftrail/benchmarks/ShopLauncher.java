package io.reftrail.benchmarks;

import io.reftrail.Referrals;
import io.reftrail.Reftrail;
import io.reftrail.payments.CheckoutCustomizer;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;
import org.springframework.boot.context.metrics.buffering.StartupTimeline.TimelineEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.metrics.StartupStep;
import org.springframework.objenesis.SpringObjenesis;

/**
 * The process of {@link Startup}: starts the sample shop and reports when it is ready. Without the starter on the class path
 * the shop's beans get a {@link Reftrail}, {@link Referrals} and a {@link CheckoutCustomizer} that were never built, which
 * nothing calls.
 */
final class ShopLauncher {

    /** The argument that asks for the times of Reftrail's beans. Recording them takes a little time itself. */
    static final String BEAN_TIMES = "--bean-times";

    /** The beginning of the last line that is printed. */
    static final String LAST = "beans ";

    private static final String SHOP = "io.reftrail.samples.shop.Shop";
    private static final String STARTER = "io/reftrail/spring/boot/ReftrailAutoConfiguration.class";
    private static final int MOST_STEPS = 10_000;

    private ShopLauncher() {}

    /** Prints {@code ready} with the names of Reftrail's threads, the number of loaded classes, and the times of the beans. */
    public static void main(String[] arguments) throws Exception {
        Class<?> shop = Class.forName(SHOP);
        SpringApplication application = new SpringApplication(shop);
        application.setMainApplicationClass(shop);
        if (ShopLauncher.class.getClassLoader().getResource(STARTER) == null) {
            registerUnbuilt(application, Reftrail.class);
            registerUnbuilt(application, Referrals.class);
            registerUnbuilt(application, CheckoutCustomizer.class);
        }
        BufferingApplicationStartup steps = new BufferingApplicationStartup(MOST_STEPS);
        if (List.of(arguments).contains(BEAN_TIMES)) {
            application.setApplicationStartup(steps);
        }
        application.run(arguments);
        System.out.println("ready "
                + Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("reftrail"))
                        .sorted()
                        .collect(Collectors.joining(",")));
        System.out.println(
                "classes " + ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
        System.out.println(LAST + beanTimes(steps));
    }

    /** Registers an object whose constructor has not run, in place of the bean that the starter creates. */
    private static <T> void registerUnbuilt(SpringApplication application, Class<T> type) {
        T unbuilt = new SpringObjenesis().newInstance(type, false);
        application.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean(type, () -> unbuilt, definition -> definition.setDestroyMethodName("")));
    }

    /** Returns milliseconds by bean, each without the beans that were created for it: {@code name=1.5 other=2.5}. */
    private static String beanTimes(BufferingApplicationStartup steps) {
        List<TimelineEvent> events = steps.getBufferedTimeline().getEvents();
        Map<Long, Long> ofParts = new HashMap<>();
        for (TimelineEvent event : events) {
            Long whole = event.getStartupStep().getParentId();
            if (whole != null) {
                ofParts.merge(whole, event.getDuration().toNanos(), Long::sum);
            }
        }
        Map<String, Long> nanos = new TreeMap<>();
        for (TimelineEvent event : events) {
            String bean = bean(event.getStartupStep());
            if (bean.contains("reftrail") || bean.startsWith("referral")) {
                long parts = ofParts.getOrDefault(event.getStartupStep().getId(), 0L);
                nanos.merge(
                        bean.substring(bean.lastIndexOf('.') + 1),
                        event.getDuration().toNanos() - parts,
                        Long::sum);
            }
        }
        return nanos.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() / 1_000_000.0)
                .collect(Collectors.joining(" "));
    }

    private static String bean(StartupStep step) {
        return StreamSupport.stream(step.getTags().spliterator(), false)
                .filter(tag -> tag.getKey().equals("beanName"))
                .map(StartupStep.Tag::getValue)
                .findFirst()
                .orElse("");
    }
}
