package io.example.acme;

import io.reftrail.Reftrail;
import io.reftrail.servlet.ReferralCaptureFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;

@WebListener
public class AcmeListener implements ServletContextListener {

    private Reftrail reftrail;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        String apiKey = event.getServletContext().getInitParameter("acme.api-key");
        reftrail = Reftrail.builder().backend(new AcmeBackend(apiKey)).build();
        reftrail.operations().start();
        FilterRegistration.Dynamic filter = event.getServletContext()
                .addFilter("reftrail", ReferralCaptureFilter.builder(reftrail).build());
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        reftrail.close();
    }
}
