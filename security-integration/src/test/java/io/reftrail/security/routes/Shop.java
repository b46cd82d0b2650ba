package io.reftrail.security.routes;

import static org.awaitility.Awaitility.await;

import io.reftrail.LeadSettings;
import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.security.RecordingTransport;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.web.context.ContextLoaderListener;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** An application with Spring Security on a real server, built without Spring Boot. */
final class Shop implements AutoCloseable {

    final List<String> events = new CopyOnWriteArrayList<>();
    final Reftrail reftrail;
    final AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
    private final MovableClock clock = new MovableClock();
    private final InMemoryOutbox outbox = new InMemoryOutbox(InMemoryOutbox.DEFAULT_CAPACITY, Clock.systemUTC());
    private final RecordingTransport backend = new RecordingTransport();
    private final ShopPlan plan;
    private final ShopServer server;

    Shop(ShopPlan plan) {
        this.plan = plan;
        this.reftrail = Reftrail.builder()
                .backend(IntrowBackend.of("key"))
                .leads(LeadSettings.DEFAULT.withTrigger(plan.trigger()))
                .outbox(outbox)
                .transport(backend)
                .clock(clock)
                .build();
        context.register(plan.root().toArray(Class<?>[]::new));
        context.addBeanFactoryPostProcessor(beans -> {
            beans.registerSingleton("reftrail", reftrail);
            beans.registerSingleton("customers", plan.customers());
        });
        context.addApplicationListener((ApplicationListener<AbstractAuthenticationEvent>)
                event -> events.add(event.getClass().getSimpleName()));
        server = new ShopServer(this::initialize, plan.threads());
    }

    private void initialize(ServletContext servletContext) {
        servletContext.addListener(new ContextLoaderListener(context));
        for (Stage stage : plan.stages()) {
            FilterRegistration.Dynamic filter =
                    Objects.requireNonNull(servletContext.addFilter(stage.name(), stage.filter(reftrail)));
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
        }
        DispatcherServlet mvc = new DispatcherServlet(servletContext());
        mvc.setThreadContextInheritable(plan.stages().contains(Stage.INHERITED_REQUEST_CONTEXT));
        ServletRegistration.Dynamic servlet = Objects.requireNonNull(servletContext.addServlet("mvc", mvc));
        servlet.setAsyncSupported(true);
        servlet.setLoadOnStartup(1);
        servlet.addMapping("/");
    }

    private AnnotationConfigWebApplicationContext servletContext() {
        if (plan.servlet().isEmpty()) {
            return context;
        }
        AnnotationConfigWebApplicationContext child = new AnnotationConfigWebApplicationContext();
        child.register(plan.servlet().toArray(Class<?>[]::new));
        return child;
    }

    Browser browser() {
        return new Browser(server.port());
    }

    /** Lets a day go by. */
    void sleep() {
        clock.advance(Duration.ofDays(1));
    }

    /** Waits until the ledger knows a customer. */
    void awaitKnown(String customerId) {
        await().until(() -> outbox.firstSignIn(customerId) != null);
    }

    int port() {
        return server.port();
    }

    boolean isKnown(String customerId) {
        return outbox.firstSignIn(customerId) != null;
    }

    /** Delivers what waits and returns the bodies that the backend got. */
    List<String> reportedLeads() {
        reftrail.close();
        return backend.bodies();
    }

    @Override
    public void close() {
        server.close();
        reftrail.close();
    }
}
