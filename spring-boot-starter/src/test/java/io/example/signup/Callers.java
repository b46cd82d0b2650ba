package io.example.signup;

import io.reftrail.Reftrail;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Beans of applications that report sign-ups, and that do not show it before they are used. */
public final class Callers {

    private Callers() {}

    /** A bean that is created when it is first used. */
    @Lazy
    public static class LazyCaller {

        private final Reftrail reftrail;

        LazyCaller(Reftrail reftrail) {
            this.reftrail = reftrail;
        }

        @Override
        public String toString() {
            return "reports to " + reftrail.backends();
        }
    }

    /** A bean that looks Reftrail up when it needs it. */
    public static class LateCaller {

        private final Object later;

        LateCaller(ObjectProvider<Reftrail> later) {
            this.later = later;
        }

        @Override
        public String toString() {
            return "reports to " + later;
        }
    }

    /** A factory method that does the same. */
    @Configuration(proxyBeanMethods = false)
    public static class LateFactory {

        @Bean
        AtomicReference<Object> signUp(ObjectProvider<Reftrail> reftrail) {
            return new AtomicReference<>(reftrail);
        }
    }
}
