package io.reftrail.spring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.spring.SignUpApplication.Store;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** An annotation that could never work keeps the application from starting, and says where it is and what is wrong. */
class TrackLeadRefusalTests {

    static class BrokenSyntax {
        @TrackLead(customerId = "#name +")
        void open(String name) {}
    }

    static class UnknownVariable {
        @TrackLead(customerId = "#name", email = "#form.email")
        void open(String name) {}
    }

    static class UnknownVariableDeepInside {
        @TrackLead(customerId = "#name", metadata = "{plan: {#name, #p0.concat(#plan)}}")
        void open(String name) {}
    }

    static class UnknownPosition {
        @TrackLead(customerId = "#p1")
        void open(String name) {}
    }

    static class NoVariable {
        @TrackLead(customerId = "name")
        void open(String name) {}
    }

    static class NoVariableWithMore {
        @TrackLead(customerId = "name.length()")
        void open(String name) {}
    }

    static class NobodysMethod {
        @TrackLead(customerId = "toString()")
        void open(String name) {}
    }

    static class Function {
        @TrackLead(customerId = "#hash(#name)")
        void open(String name) {}
    }

    static class NoCustomer {
        @TrackLead(customerId = " ")
        void open(String name) {}
    }

    static class NothingReturned {
        @TrackLead(customerId = "#result")
        void open(String name) {}
    }

    static class Ambiguous {
        @TrackLead(customerId = "#result")
        String open(String result) {
            return result;
        }
    }

    static class Private {
        @SuppressWarnings({"UnusedMethod", "UnusedVariable"})
        @TrackLead(customerId = "#name")
        private void open(String name) {}
    }

    static class Static {
        @TrackLead(customerId = "#name")
        static void open(String name) {}
    }

    static class Final {
        @TrackLead(customerId = "#name")
        final void open(String name) {}
    }

    static class Reactive {
        @TrackLead(customerId = "#name")
        Mono<String> open(String name) {
            return Mono.just(name);
        }
    }

    static class Later {
        @TrackLead(customerId = "#name")
        Flow.Publisher<String> open(String name) {
            throw new UnsupportedOperationException(name);
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(BrokenSyntax.class, "customerId = \"#name +\" is not an expression"),
                Arguments.of(
                        UnknownVariable.class,
                        "email = \"#form.email\" uses the unknown variable #form; known are #name, #p0"),
                Arguments.of(UnknownVariableDeepInside.class, "uses the unknown variable #plan"),
                Arguments.of(UnknownPosition.class, "customerId = \"#p1\" uses the unknown variable #p1"),
                Arguments.of(NoVariable.class, "customerId = \"name\" refers to name"),
                Arguments.of(NoVariableWithMore.class, "refers to name"),
                Arguments.of(NobodysMethod.class, "refers to toString()"),
                Arguments.of(Function.class, "calls a function, and there are no functions: #hash"),
                Arguments.of(NoCustomer.class, "has no customerId"),
                Arguments.of(
                        NothingReturned.class,
                        "customerId = \"#result\" uses the unknown variable #result; known are #name"),
                Arguments.of(Ambiguous.class, "cannot distinguish a parameter named result"),
                Arguments.of(Private.class, "private, static or final"),
                Arguments.of(Static.class, "private, static or final"),
                Arguments.of(Final.class, "private, static or final"),
                Arguments.of(Later.class, "returns before the customer has signed up"),
                Arguments.of(Reactive.class, "returns before the customer has signed up"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void theApplicationDoesNotStart(Class<?> accounts, String problem) {
        assertThatThrownBy(() -> new SignUpApplication(Store.MEMORY, accounts, TrackingConfiguration.class))
                .rootCause()
                .message()
                .startsWith("@TrackLead on " + accounts.getName() + ".open: ")
                .contains(problem);
    }
}
