package io.reftrail.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.LeadStatus;
import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.model.Customer;
import io.reftrail.servlet.ServletCookieExchange;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A sign-up in a real transaction of a real database. */
class SpringUnitOfWorkTests {

    private final RecordingTransport backend = new RecordingTransport();
    private final Reftrail reftrail = Reftrail.builder()
            .backend(IntrowBackend.of("key"))
            .transport(backend)
            .unitOfWork(new SpringUnitOfWork())
            .build();
    private final JdbcTransactionManager manager =
            new JdbcTransactionManager(new DriverManagerDataSource("jdbc:h2:mem:"));
    private final TransactionTemplate transaction = new TransactionTemplate(manager);
    private final TransactionTemplate nested = new TransactionTemplate(
            manager, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private LeadStatus signUp() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Cookie", "_introw_aff=aff_1");
        return reftrail.lead(new ServletCookieExchange(request, response), Customer.of("u-7"))
                .statuses()
                .getOrDefault("introw", LeadStatus.REFUSED);
    }

    @Test
    void aCommittedSignUpIsReportedAfterTheCommit() {
        transaction.executeWithoutResult(status -> {
            assertThat(signUp()).isEqualTo(LeadStatus.AFTER_COMMIT);
            assertThat(reftrail.operations().outbox().depth("introw")).isZero();
            assertThat(response.getHeaders("Set-Cookie")).isEmpty();
        });
        reftrail.close();
        assertThat(backend.bodies()).hasSize(1);
        assertThat(response.getHeaders("Set-Cookie")).hasSize(2);
    }

    @Test
    void aRolledBackSignUpReportsNoLeadAndKeepsTheCookie() {
        transaction.executeWithoutResult(status -> {
            signUp();
            status.setRollbackOnly();
        });
        reftrail.close();
        assertThat(backend.bodies()).isEmpty();
        assertThat(response.getHeaders("Set-Cookie")).isEmpty();
    }

    @Test
    void aSignUpThatIsTriedAgainAfterARollbackIsReportedOnce() {
        transaction.executeWithoutResult(status -> {
            signUp();
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> signUp());
        reftrail.close();
        assertThat(backend.bodies()).hasSize(1);
    }

    @Test
    void aSignUpThatIsReportedByAnotherAfterCommitIsReportedToo() {
        transaction.executeWithoutResult(
                status -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        signUp();
                    }
                }));
        reftrail.close();
        assertThat(backend.bodies()).hasSize(1);
    }

    @Test
    void aSignUpInANestedTransactionThatIsRolledBackReportsNoLead() {
        transaction.executeWithoutResult(outer -> nested.executeWithoutResult(inner -> {
            signUp();
            inner.setRollbackOnly();
        }));
        reftrail.close();
        assertThat(backend.bodies()).isEmpty();
        assertThat(response.getHeaders("Set-Cookie")).isEmpty();
    }

    @Test
    void aSignUpIsReportedThoughSomethingNestedAfterItIsRolledBack() {
        transaction.executeWithoutResult(outer -> {
            signUp();
            nested.executeWithoutResult(TransactionStatus::setRollbackOnly);
        });
        reftrail.close();
        assertThat(backend.bodies()).hasSize(1);
    }

    @Test
    void withoutATransactionTheLeadIsEnqueuedAtOnce() {
        assertThat(signUp()).isEqualTo(LeadStatus.ENQUEUED);
        reftrail.close();
        assertThat(backend.bodies()).hasSize(1);
    }
}
