package io.reftrail.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.VisitTracking;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Sign-ups in an application that has Spring, and neither servlets nor Spring's web modules nor Spring Security. */
class WithoutServletsTests {

    /** Runs where those classes are missing. */
    public static final class Worker implements Supplier<List<String>> {

        /** Signs somebody up. */
        static class Accounts {

            @TrackLead(customerId = "#name", email = "#name + '@example.org'")
            public void open(String name) {}
        }

        private static Customer customer(String name) {
            return Customer.of(name).withEmail(name + "@example.org");
        }

        @Override
        public List<String> get() {
            LogLines log = new LogLines();
            RecordingTransport backend = new RecordingTransport();
            Reftrail reftrail = Reftrail.builder()
                    .backend(IntrowBackend.of("key"))
                    .transport(backend)
                    .build();
            try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
                context.registerBean(
                        "signUps", CustomerSignedUpListener.class, () -> new CustomerSignedUpListener(reftrail));
                context.registerBean(
                        "trackLead", TrackLeadPostProcessor.class, () -> new TrackLeadPostProcessor(() -> reftrail));
                context.registerBean("accounts", Accounts.class);
                context.refresh();
                context.publishEvent(CustomerSignedUp.of(customer("nobody")));
                context.getBean(Accounts.class).open("nobody");
                context.publishEvent(
                        CustomerSignedUp.of(customer("mia")).from(new Attribution("introw", "aff_1", null)));
                VisitTracking.Scope served = reftrail.visits().serve(HeaderExchange.of("_introw_aff=aff_2", true));
                context.getBean(Accounts.class).open("kim");
                served.close();
            }
            reftrail.close();
            log.close();
            assertThat(log.lines()).hasSize(2).noneMatch(line -> line.contains("NoClassDefFoundError"));
            return backend.bodies().stream().sorted().toList();
        }
    }

    private static boolean isLeftOut(String jar) {
        return jar.contains("servlet-api")
                || jar.contains("spring-web")
                || jar.contains("spring-security")
                || jar.contains("tomcat");
    }

    @Test
    void eventsWithClicksAndServedExchangesAreLeadsThereToo() throws Exception {
        URL[] path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(jar -> !isLeftOut(jar))
                .map(WithoutServletsTests::url)
                .toArray(URL[]::new);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Supplier<?> worker = (Supplier<?>) loader.loadClass(Worker.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();

            assertThat(worker.get())
                    .isEqualTo(List.of(
                            "{\"clickId\":\"aff_1\",\"email\":\"mia@example.org\"}",
                            "{\"clickId\":\"aff_2\",\"email\":\"kim@example.org\"}"));
            assertThat(worker.getClass()).isNotSameAs(Worker.class);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL url(String jar) {
        try {
            return Path.of(jar).toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
