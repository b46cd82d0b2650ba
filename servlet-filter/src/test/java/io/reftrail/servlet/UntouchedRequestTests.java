package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_DEFAULTS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.reftrail.Reftrail;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.stubbing.Answer;

/** Promise 2, from within: what capture must not call, it does not call. */
class UntouchedRequestTests {

    private static final Pattern FORBIDDEN = Pattern.compile(
            "getParameter.*|getInputStream|getReader|getSession|changeSessionId|getPart.*|getCookies|getRequestedSession.*"
                    + "|isRequestedSession.*|getUserPrincipal|getRemoteUser|setCharacterEncoding");

    private static final Answer<Object> REFUSE = call -> {
        if (FORBIDDEN.matcher(call.getMethod().getName()).matches()) {
            throw new AssertionError("capture called " + call.getMethod().getName());
        }
        return RETURNS_DEFAULTS.answer(call);
    };

    @ParameterizedTest
    @CsvSource({
        "GET, a=b",
        "GET, irw_id=one",
        "POST, irw_id=one",
        "POST, irw_id=%zz",
        "GET, irw_id=",
        "HEAD, irw_id=one&refp_id=two"
    })
    void readsNeitherBodyNorParametersNorSession(String method, String query) throws IOException, ServletException {
        for (StripMode strip : StripMode.values()) {
            FilterChain chain = mock(FilterChain.class);
            try (Reftrail reftrail = Kits.builder(new Captures()).build()) {
                ReferralCaptureFilter.builder(reftrail)
                        .strip(strip)
                        .exclude(List.of("/health"))
                        .consent(ConsentPolicy.GLOBAL_PRIVACY_CONTROL)
                        .build()
                        .doFilter(request(method, query), mock(HttpServletResponse.class), chain);
            }
            verify(chain).doFilter(any(), any());
        }
    }

    private static HttpServletRequest request(String method, String query) {
        HttpServletRequest request = mock(HttpServletRequest.class, REFUSE);
        doReturn(DispatcherType.REQUEST).when(request).getDispatcherType();
        doReturn(method).when(request).getMethod();
        doReturn(query).when(request).getQueryString();
        doReturn("/page").when(request).getServletPath();
        doReturn("/page").when(request).getRequestURI();
        doReturn("application/x-www-form-urlencoded").when(request).getContentType();
        doReturn(Collections.emptyEnumeration()).when(request).getHeaders("Cookie");
        assertThat(request.getQueryString()).isEqualTo(query);
        return request;
    }
}
