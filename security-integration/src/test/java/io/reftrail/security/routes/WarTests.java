package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.security.DefaultCustomerResolver;
import io.reftrail.security.RecordingTransport;
import io.reftrail.servlet.ReferralCaptureFilter;
import io.reftrail.servlet.ServletReftrail;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.web.context.AbstractSecurityWebApplicationInitializer;
import org.springframework.web.SpringServletContainerInitializer;
import org.springframework.web.context.ContextLoaderListener;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.servlet.DispatcherServlet;

/** A WAR without Spring Boot: the container finds Spring's initializer, which finds the application's. */
class WarTests {

    @Test
    void aSignInIsOneLead() {
        SpringServletContainerInitializer spring = new SpringServletContainerInitializer();
        try (ShopServer server = new ShopServer(spring, Set.of(ShopInitializer.class), null)) {
            Browser kim = new Browser(server.port());
            assertThat(kim.get("/?irw_id=aff_1", "Accept", "text/html").location())
                    .isEqualTo("?");
            assertThat(kim.signIn(KIM).expiresClick()).isTrue();
            assertThat(kim.get("/").body()).isEqualTo("home");
            assertThat(kim.hasClick()).isFalse();
            Objects.requireNonNull(ServletReftrail.find(server.servletContext()))
                    .close();
            RecordingTransport backend =
                    (RecordingTransport) server.servletContext().getAttribute("backend");
            assertThat(backend.bodies()).containsExactly(LoginFormTests.LEAD);
        }
    }

    /** What such an application has to write. Spring Security's chain goes before all that is registered otherwise. */
    public static final class ShopInitializer extends AbstractSecurityWebApplicationInitializer {

        @Override
        protected void beforeSpringSecurityFilterChain(ServletContext servletContext) {
            RecordingTransport backend = new RecordingTransport();
            Reftrail reftrail = Reftrail.builder()
                    .backend(IntrowBackend.of("key"))
                    .transport(backend)
                    .build();
            servletContext.setAttribute("backend", backend);
            AnnotationConfigWebApplicationContext root = new AnnotationConfigWebApplicationContext();
            root.register(LoginForm.class, Listening.class);
            root.addBeanFactoryPostProcessor(beans -> {
                beans.registerSingleton("reftrail", reftrail);
                beans.registerSingleton("customers", new DefaultCustomerResolver());
            });
            servletContext.addListener(new ContextLoaderListener(root));
            insertFilters(
                    servletContext, ReferralCaptureFilter.builder(reftrail).build(), new RequestContextFilter());
            ServletRegistration.Dynamic mvc =
                    Objects.requireNonNull(servletContext.addServlet("mvc", new DispatcherServlet(root)));
            mvc.addMapping("/");
        }
    }
}
