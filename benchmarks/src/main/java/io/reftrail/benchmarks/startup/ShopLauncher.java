package io.reftrail.benchmarks.startup;

import io.reftrail.Reftrail;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.objenesis.SpringObjenesis;

/**
 * Starts the sample shop and says when it is ready. Where the starter is not on the class path, its code gets a
 * {@link Reftrail} that was never built: it is injected, and nobody calls it.
 */
final class ShopLauncher {

    private static final String SHOP = "io.reftrail.samples.shop.Shop";
    private static final String STARTER = "io.reftrail.spring.boot.ReftrailAutoConfiguration";

    /** Asks for {@link BeanTimes}, which take a little time themselves. */
    static final String TIMES = "--bean-times";

    private ShopLauncher() {}

    /** Prints {@code ready} and the names of all threads that are Reftrail's; then, how many classes that took, and its beans' times. */
    public static void main(String[] arguments) throws Exception {
        SpringApplication application = new SpringApplication(Class.forName(SHOP));
        if (!isThere(STARTER)) {
            Reftrail unbuilt = new SpringObjenesis().newInstance(Reftrail.class, false);
            application.addInitializers(context -> ((GenericApplicationContext) context)
                    .registerBean(Reftrail.class, () -> unbuilt, definition -> definition.setDestroyMethodName("")));
        }
        BeanTimes times = new BeanTimes();
        if (List.of(arguments).contains(TIMES)) {
            application.setApplicationStartup(times.startup());
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
        System.out.println("beans " + times);
    }

    private static boolean isThere(String type) {
        return ShopLauncher.class.getClassLoader().getResource(type.replace('.', '/') + ".class") != null;
    }
}
