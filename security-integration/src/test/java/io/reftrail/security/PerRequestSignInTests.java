package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import com.sun.management.ThreadMXBean;
import io.reftrail.Reftrail;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.mockito.AdditionalAnswers;
import org.mockito.Mockito;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Certificates and proxies may sign people in at each request; one without a click must cost next to nothing. */
class PerRequestSignInTests {

    private final Outbox outbox =
            Mockito.mock(Outbox.class, AdditionalAnswers.delegatesTo(new InMemoryOutbox(100, Clock.systemUTC())));

    @AutoClose
    private final Reftrail reftrail =
            Reftrail.builder().backend(RefportBackend.of("key")).outbox(outbox).build();

    private final LeadReportingListener listener = new LeadReportingListener(reftrail, new DefaultCustomerResolver());

    private final InteractiveAuthenticationSuccessEvent event = new InteractiveAuthenticationSuccessEvent(
            new PreAuthenticatedAuthenticationToken(
                    User.withUsername("kim").password("").build(), "", List.of()),
            getClass());

    PerRequestSignInTests() {
        RequestContextHolder.setRequestAttributes(
                new ServletRequestAttributes(new CookieRequest(), new MockHttpServletResponse()));
    }

    @AfterEach
    void endRequest() {
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void theOutboxIsAskedNothingAndToldOnce() {
        listener.onApplicationEvent(event);
        await().until(() -> outbox.firstSignIn("kim") != null);
        Mockito.clearInvocations(outbox);

        sendEvents(1_000);
        reftrail.close();

        verify(outbox, never()).firstSignIn(any());
        verify(outbox, never()).recordFirstSignIns(any());
        verify(outbox, never()).enqueue(any());
    }

    @Test
    void aRequestAllocatesAFewObjects() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        sendEvents(20_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        sendEvents(20_000);
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 20_000).isLessThan(6_000);
    }

    private void sendEvents(int count) {
        for (int i = 0; i < count; i++) {
            listener.onApplicationEvent(event);
        }
    }

    /** Answers two questions without allocating; any other reaches a mock. */
    private static final class CookieRequest extends HttpServletRequestWrapper {

        CookieRequest() {
            super(new MockHttpServletRequest());
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equals("Cookie") ? "JSESSIONID=0123456789ABCDEF; theme=dark" : null;
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return null;
        }
    }
}
