package io.reftrail.security.login;

import static org.awaitility.Awaitility.await;

import io.reftrail.LeadSettings;
import io.reftrail.Reftrail;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.model.CustomerField;
import io.reftrail.security.DefaultCustomerResolver;
import io.reftrail.security.LeadReportingListener;
import io.reftrail.security.SessionSignInFilter;
import io.reftrail.servlet.ReferralCaptureFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.catalina.connector.Connector;
import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.servlet.DispatcherServlet;

/** An application on a real server, Spring Security's real filter chain in it, our filter before that. */
final class Shop implements AutoCloseable {

    final ShiftedClock clock = new ShiftedClock();
    final List<String> events = new CopyOnWriteArrayList<>();
    final AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
    private final RefportInbox inbox = new RefportInbox();
    private final Reftrail reftrail = Reftrail.builder()
            .backend(RefportBackend.of("key"))
            .leads(LeadSettings.DEFAULT.withInclude(EnumSet.allOf(CustomerField.class)))
            .clock(clock)
            .transport(inbox)
            .build();
    private final SessionSignInFilter sessionSignIns = new SessionSignInFilter(reftrail, new DefaultCustomerResolver());
    private final EmbeddedServer server;

    private Shop(Connector connector, Consumer<AnnotationConfigWebApplicationContext> configuration) {
        server = new EmbeddedServer(connector);
        context.register(Pages.class);
        context.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("address", at("")));
        configuration.accept(context);
        context.addApplicationListener((ApplicationListener<AuthenticationSuccessEvent>) this::note);
        context.addApplicationListener((ApplicationListener<InteractiveAuthenticationSuccessEvent>) this::note);
        context.addApplicationListener(new LeadReportingListener(reftrail, new DefaultCustomerResolver()));
        context.addApplicationListener(sessionSignIns);
        server.start((types, servletContext) -> initialize(servletContext));
    }

    static Shop open(Class<?>... configuration) {
        return open(new Connector(), context -> context.register(configuration));
    }

    static Shop open(Connector connector, Consumer<AnnotationConfigWebApplicationContext> configuration) {
        return new Shop(connector, configuration);
    }

    private void note(AbstractAuthenticationEvent event) {
        events.add(event.getClass().getSimpleName() + " of "
                + event.getAuthentication().getClass().getSimpleName());
    }

    private void initialize(ServletContext servletContext) {
        context.setServletContext(servletContext);
        context.refresh();
        filter(
                servletContext,
                "reftrail",
                ReferralCaptureFilter.builder(reftrail).build());
        filter(servletContext, "request", new RequestContextFilter());
        filter(servletContext, "session-sign-ins", sessionSignIns);
        filter(servletContext, "security", context.getBean("springSecurityFilterChain", Filter.class));
        servletContext.addServlet("pages", new DispatcherServlet(context)).addMapping("/");
    }

    private static void filter(ServletContext servletContext, String name, Filter filter) {
        servletContext.addFilter(name, filter).addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    /** Returns where it is; without a path a bean of its own. */
    URI at(String path) {
        return server.at("localhost", path);
    }

    /** Waits until the ledger has been told that somebody has signed in. */
    void awaitKnown(String customerId) {
        await().until(() -> reftrail.operations().outbox().firstSignIn(customerId) != null);
    }

    /** Delivers what waits and returns what Refport was told. */
    List<String> reported() {
        reftrail.close();
        return inbox.bodies();
    }

    @Override
    public void close() {
        reftrail.close();
        context.close();
        server.close();
    }
}
