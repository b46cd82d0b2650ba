package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.model.Customer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** A sign-in within a transaction that is rolled back and tried again in the same request. */
class RepeatedSignInTests {

    private final AtomicInteger transactions = new AtomicInteger();
    private final RecordingTransport backend = new RecordingTransport();
    private final Reftrail reftrail = Reftrail.builder()
            .backend(IntrowBackend.of("key"))
            .transport(backend)
            .unitOfWork(this::afterCommit)
            .build();

    /** The first transaction is rolled back. */
    private void afterCommit(Runnable action) {
        if (transactions.incrementAndGet() > 1) {
            action.run();
        }
    }

    @Test
    void theSecondTryIsALead() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Cookie", "_introw_aff=aff_1");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        LeadReportingListener listener = new LeadReportingListener(reftrail, new DefaultCustomerResolver());
        for (int attempt = 0; attempt < 2; attempt++) {
            listener.onApplicationEvent(
                    new AuthenticationSuccessEvent(UsernamePasswordAuthenticationToken.authenticated(
                            "kim", "secret", AuthorityUtils.createAuthorityList("ROLE_USER"))));
        }
        reftrail.close();
        assertThat(backend.bodies()).containsExactly("{\"clickId\":\"aff_1\"}");
    }

    /** As a resolver does that only knows the interactive event's type. */
    @Test
    void theInteractiveEventIsAskedWhereThePlainOneHasNoCustomer() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Cookie", "_introw_aff=aff_1");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        AtomicInteger lookUps = new AtomicInteger();
        transactions.set(1);
        LeadReportingListener listener = new LeadReportingListener(
                reftrail, authentication -> lookUps.incrementAndGet() == 1 ? null : Customer.of("kim"));
        Authentication kim = UsernamePasswordAuthenticationToken.authenticated(
                "kim", "secret", AuthorityUtils.createAuthorityList("ROLE_USER"));
        listener.onApplicationEvent(new AuthenticationSuccessEvent(kim));
        listener.onApplicationEvent(new InteractiveAuthenticationSuccessEvent(kim, getClass()));
        reftrail.close();
        assertThat(lookUps).hasValue(2);
        assertThat(backend.bodies()).containsExactly("{\"clickId\":\"aff_1\"}");
    }

    @AfterEach
    void end() {
        RequestContextHolder.resetRequestAttributes();
        reftrail.close();
    }
}
