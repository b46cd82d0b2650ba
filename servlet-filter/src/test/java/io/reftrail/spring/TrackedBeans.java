package io.reftrail.spring;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.core.annotation.AliasFor;
import org.springframework.transaction.annotation.Transactional;

/** Beans that sign people up, written in different ways. */
final class TrackedBeans {

    private TrackedBeans() {}

    interface SignUps {

        String open(String name);
    }

    static class Open implements SignUps {

        @Override
        @TrackLead(customerId = "#result", email = "#name + '@example.org'")
        public String open(String name) {
            return name;
        }
    }

    /** Overrides without saying so again. */
    static class Heir extends Open {

        @Override
        public String open(String name) {
            return name + "!";
        }
    }

    static final class Closed implements SignUps {

        @Override
        @TrackLead(customerId = "#result", email = "#name + '@example.org'")
        public String open(String name) {
            return name;
        }
    }

    static final class ClosedWithoutInterface {

        @TrackLead(customerId = "#result")
        String open(String name) {
            return name;
        }
    }

    abstract static class Base<T> {

        public abstract T open(T name);
    }

    /** Is called through a bridge. */
    static class Generic extends Base<String> implements SignUps {

        @Override
        @TrackLead(customerId = "#p0", email = "#a0 + '@example.org'")
        public String open(String name) {
            return name;
        }
    }

    /** An annotation of the application's own. */
    @Retention(RetentionPolicy.RUNTIME)
    @TrackLead(customerId = "#result", email = "#result + '@example.org'")
    @interface SignUp {

        @AliasFor(annotation = TrackLead.class, attribute = "condition")
        String when() default "";
    }

    static class Shortcut implements SignUps {

        @Override
        @SignUp(when = "#name != 'root'")
        public String open(String name) {
            return name;
        }
    }

    static class Plain implements SignUps {

        @Override
        public String open(String name) {
            return name;
        }
    }

    static class Infrastructure extends Open implements AopInfrastructureBean {}

    /** Needs another of its kind. */
    static class Needing {

        private @Nullable Needing other;

        public void setOther(Needing other) {
            this.other = other;
        }

        @Nullable
        Needing other() {
            return other;
        }

        @Transactional
        @TrackLead(customerId = "#name")
        public void open(String name) {}
    }
}
