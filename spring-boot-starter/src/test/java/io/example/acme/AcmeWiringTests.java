package io.example.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.reftrail.Reftrail;
import io.reftrail.servlet.ReferralCaptureFilter;
import io.reftrail.spring.boot.ReftrailAutoConfiguration;
import io.reftrail.spring.boot.ReftrailOutboxAutoConfiguration;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The wiring of docs/adding-a-backend.md makes Acme's clicks known. */
class AcmeWiringTests {

    @Test
    void aBeanJoinsTheConfiguredBackends() {
        new WebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(ReftrailOutboxAutoConfiguration.class, ReftrailAutoConfiguration.class))
                .withUserConfiguration(AcmeConfiguration.class)
                .withPropertyValues("acme.api-key=key", "reftrail.introw.api-key=key", "reftrail.outbox.store=memory")
                .run(context -> assertThat(context.getBean(Reftrail.class).backends())
                        .containsExactlyInAnyOrder("acme", "introw"));
    }

    @Test
    void theListenerRegistersAFilterThatCapturesClicks() throws Exception {
        ServletContext context = mock();
        FilterRegistration.Dynamic registration = mock();
        when(context.getInitParameter("acme.api-key")).thenReturn("key");
        when(context.addFilter(anyString(), any(ReferralCaptureFilter.class))).thenReturn(registration);
        AcmeListener listener = new AcmeListener();
        listener.contextInitialized(new ServletContextEvent(context));

        ArgumentCaptor<ReferralCaptureFilter> filter = ArgumentCaptor.captor();
        verify(context).addFilter(anyString(), filter.capture());
        verify(registration).addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/pricing");
        request.setQueryString("acme=c_1");
        HttpServletResponse response = new MockHttpServletResponse();
        filter.getValue().doFilter(request, response, new MockFilterChain());
        assertThat(response.getHeaders("Set-Cookie")).anyMatch(cookie -> cookie.startsWith("acme_click=c_1;"));
        listener.contextDestroyed(new ServletContextEvent(context));
    }
}
