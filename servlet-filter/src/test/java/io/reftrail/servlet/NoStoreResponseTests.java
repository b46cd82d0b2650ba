package io.reftrail.servlet;

import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** A header without a name is for the server to refuse or to pass over: the wrapper is no reason for a page to fail. */
@SuppressWarnings("NullAway")
class NoStoreResponseTests {

    private final HttpServletRequest request = Mockito.mock();
    private final HttpServletResponse server = Mockito.mock();
    private final HttpServletResponse response = new CacheControl.NoStoreResponse(request, server);

    @Test
    void aHeaderWithoutANameIsTheServersAffair() {
        when(request.getAttribute(anyString())).thenReturn(true);

        response.setHeader(null, "a");
        response.addHeader(null, "b");
        response.setIntHeader(null, 1);
        response.addIntHeader(null, 2);

        verify(server).setHeader(null, "a");
        verify(server).addHeader(null, "b");
        verify(server).setIntHeader(null, 1);
        verify(server).addIntHeader(null, 2);
    }
}
