package io.reftrail.security;

import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;

import io.reftrail.LeadSettings;
import io.reftrail.LeadTrigger;
import io.reftrail.Reftrail;
import io.reftrail.ReftrailBuilder;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.servlet.ReferralCaptureFilter;
import jakarta.servlet.ServletException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.ApplicationListener;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.RequestContextFilter;

/** A web application with Spring Security's real filter chain, our filter before it and our listener inside. */
final class SignInApplication implements AutoCloseable {

    final RecordingTransport backend = new RecordingTransport();
    final List<String> events = new CopyOnWriteArrayList<>();
    final Reftrail reftrail;
    final MockMvc browser;
    private final AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();

    SignInApplication(CustomerResolver customers, LeadTrigger trigger) throws ServletException {
        this(Reftrail.builder(), customers, trigger);
    }

    SignInApplication(ReftrailBuilder builder, CustomerResolver customers, LeadTrigger trigger)
            throws ServletException {
        reftrail = builder.backend(IntrowBackend.of("key"))
                .leads(LeadSettings.DEFAULT.withTrigger(trigger))
                .transport(backend)
                .build();
        context.setServletContext(new MockServletContext());
        context.register(SignInConfiguration.class);
        context.addApplicationListener((ApplicationListener<AbstractAuthenticationEvent>)
                event -> events.add(event.getClass().getSimpleName()));
        context.addApplicationListener(new LeadReportingListener(reftrail, customers));
        context.refresh();
        DefaultMockMvcBuilder mvc = MockMvcBuilders.webAppContextSetup(context);
        browser = mvc.addFilters(new RequestContextFilter(), captureFilter())
                .apply(springSecurity())
                .build();
    }

    private ReferralCaptureFilter captureFilter() throws ServletException {
        ReferralCaptureFilter filter = ReferralCaptureFilter.builder(reftrail).build();
        filter.init(new MockFilterConfig(context.getServletContext()));
        return filter;
    }

    /** Delivers what waits and returns the bodies that the backend got. */
    List<String> reportedLeads() {
        reftrail.close();
        return backend.bodies();
    }

    @Override
    public void close() {
        context.close();
        reftrail.close();
    }
}
