package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.Reftrail;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What the filter asks of a request: as little as it needs. */
class SignInFilterTests {

    private final Reftrail reftrail = Kits.builder(new Captures()).build();
    private final HttpServletRequest request = Mockito.mock();
    private final HttpServletResponse response = Mockito.mock();
    private final SignInFilter filter = new SignInFilter();

    SignInFilterTests() {
        ServletContext context = Mockito.mock();
        Mockito.when(context.getAttribute(Reftrail.class.getName())).thenReturn(reftrail);
        Mockito.when(request.getServletContext()).thenReturn(context);
        Mockito.when(request.getDispatcherType()).thenReturn(DispatcherType.REQUEST);
    }

    @AfterEach
    void close() {
        reftrail.close();
    }

    @Test
    void aRequestWithoutAPrincipalIsAskedForNothingElse() throws Exception {
        filter.doFilter(request, response, (passed, its) -> assertThat(its).isSameAs(response));

        Mockito.verify(request).getServletContext();
        Mockito.verify(request).getDispatcherType();
        Mockito.verify(request).getUserPrincipal();
        Mockito.verify(request).getAttribute(Mockito.anyString());
        Mockito.verifyNoMoreInteractions(request, response);
    }

    @Test
    void aPrincipalWithoutSessionAndClickIsRememberedAndMakesNoSession() throws Exception {
        Principal kim = () -> "kim";
        Mockito.when(request.getUserPrincipal()).thenReturn(kim);

        filter.doFilter(request, response, (passed, its) -> {});

        Mockito.verify(request, Mockito.atLeastOnce()).getSession(false);
        Mockito.verify(request, Mockito.never()).getSession();
        Mockito.verify(request, Mockito.never()).getSession(true);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> reftrail.operations().outbox().firstSignIn("kim") != null);
    }
}
