package io.reftrail.servlet;

import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What {@link WarContract} cannot tell from a landing. */
class ReferralCaptureInitializerTests {

    @Test
    void mapsTheFilterForErrorPagesAndAsynchronousOnesToo() throws Exception {
        ServletContext context = Mockito.mock();
        FilterRegistration.Dynamic registration = Mockito.mock();
        when(context.getResourceAsStream(ReferralCaptureInitializer.FILE))
                .thenReturn(new ByteArrayInputStream(new byte[0]));
        when(context.addFilter("reftrail", ReferralCaptureFilter.class)).thenReturn(registration);

        new ReferralCaptureInitializer().onStartup(Set.of(), context);

        verify(registration).setAsyncSupported(true);
        verify(registration)
                .addMappingForUrlPatterns(
                        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR), false, "/*");
    }
}
