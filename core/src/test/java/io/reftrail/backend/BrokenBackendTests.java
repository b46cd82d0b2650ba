package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The kit notices what is wrong with a backend: each of its tests fails for at least one {@link Defect}. */
class BrokenBackendTests {

    /** The kit for a backend with the defect that the launch was configured with. */
    @ExtendWith(ConfiguredDefect.class)
    static class BrokenBackendKit extends TrackingBackendCompatibilityKit {

        private final Defect defect;

        BrokenBackendKit(Defect defect) {
            this.defect = defect;
        }

        @Override
        protected TrackingBackend backend(String baseUrl) {
            return defect.backend(baseUrl);
        }

        @Override
        protected List<OutcomeRow> outcomes() {
            return defect.backend(BASE_URL).table.apply(ExemplaryBackend.ROWS);
        }
    }

    /** The kit for a backend that is right. */
    static class ExemplaryBackendKit extends TrackingBackendCompatibilityKit {

        @Override
        protected TrackingBackend backend(String baseUrl) {
            return new ExemplaryBackend(SECRET, baseUrl);
        }

        @Override
        protected List<OutcomeRow> outcomes() {
            return ExemplaryBackend.ROWS;
        }
    }

    static class ConfiguredDefect implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Defect.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return Defect.named(context.getConfigurationParameter("defect").orElseThrow());
        }
    }

    @ParameterizedTest
    @MethodSource("io.reftrail.backend.Defect#all")
    void aDefectIsNoticed(Defect defect) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("defect", defect.what())
                .selectors(selectMethod(BrokenBackendKit.class, defect.noticedBy()))
                .execute()
                .testEvents();

        assertThat(names(tests.failed())).containsExactly(defect.noticedBy());
    }

    @Test
    void nothingIsNoticedWhereNothingIsWrong() {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(ExemplaryBackendKit.class))
                .execute()
                .testEvents();

        assertThat(names(tests.failed())).isEmpty();
        assertThat(names(tests.succeeded())).containsExactlyInAnyOrderElementsOf(testsOfTheKit());
    }

    @Test
    void noTestOfTheKitCannotFail() {
        assertThat(Defect.all().map(Defect::noticedBy)).containsAll(testsOfTheKit());
    }

    private static Set<String> testsOfTheKit() {
        return new TreeSet<>(Stream.<Class<?>>iterate(
                        TrackingBackendCompatibilityKit.class, kit -> kit != Object.class, Class::getSuperclass)
                .flatMap(contract -> Arrays.stream(contract.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .toList());
    }

    private static Set<String> names(Events tests) {
        return new TreeSet<>(tests.map((Event test) ->
                        test.getTestDescriptor().getDisplayName().replace("()", ""))
                .toList());
    }
}
