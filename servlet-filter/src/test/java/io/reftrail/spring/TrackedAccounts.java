package io.reftrail.spring;

import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The ways in which an application may write a service that signs people up, with what may go wrong. */
final class TrackedAccounts {

    private TrackedAccounts() {}

    /** What becomes of a sign-up. */
    enum End {
        /** All is well. */
        COMMIT,
        /** The service asks for it before it returns. */
        ROLLBACK_ONLY,
        /** It is noticed only when the transaction is about to commit, long after the service has returned. */
        COMMIT_FAILS,
        /** The service throws. */
        THROWS;

        void come() {
            switch (this) {
                case COMMIT -> {}
                case ROLLBACK_ONLY ->
                    TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
                case COMMIT_FAILS ->
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void beforeCommit(boolean readOnly) {
                            throw new IllegalStateException("a constraint is violated");
                        }
                    });
                case THROWS -> throw new IllegalStateException("the name is taken");
            }
        }
    }

    /** What the application calls. */
    interface Accounts {

        void open(String name, End end);
    }

    /** Annotated on the method. */
    static class OnMethod implements Accounts {

        @Override
        @Transactional
        @TrackLead(customerId = "#name", email = "#name + '@example.org'")
        public void open(String name, End end) {
            end.come();
        }
    }

    /** Transactional as a whole. */
    @Transactional
    static class OnClass implements Accounts {

        @Override
        @TrackLead(customerId = "#name", email = "#name + '@example.org'")
        public void open(String name, End end) {
            end.come();
        }
    }

    /** Annotated where it is promised. */
    interface AnnotatedAccounts extends Accounts {

        @Override
        @Transactional
        @TrackLead(customerId = "#who", email = "#who + '@example.org'")
        void open(String who, End end);
    }

    /** Knows no annotation. */
    static class OnInterface implements AnnotatedAccounts {

        @Override
        public void open(String name, End end) {
            end.come();
        }
    }

    /** As a Kotlin class without the plug-in that opens it. */
    static final class Closed implements AnnotatedAccounts {

        @Override
        public void open(String name, End end) {
            end.come();
        }
    }
}
