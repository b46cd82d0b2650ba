package io.reftrail.backend;

import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Something wrong with a backend.
 *
 * @param what what is wrong
 * @param noticedBy the test of the kit that notices
 * @param alteration makes a right backend a wrong one
 */
record Defect(String what, String noticedBy, Consumer<AlteredBackend> alteration) {

    static Stream<Defect> all() {
        return Stream.of(
                        DefectiveRules.ALL,
                        DefectiveCalls.ALL,
                        DefectiveContents.ALL,
                        DefectiveReplies.ALL,
                        DefectiveTables.ALL)
                .flatMap(defects -> defects.stream());
    }

    static Defect named(String what) {
        return all().filter(defect -> defect.what().equals(what)).findFirst().orElseThrow();
    }

    AlteredBackend backend(String baseUrl) {
        AlteredBackend backend = new AlteredBackend(TrackingBackendContract.SECRET, baseUrl);
        alteration.accept(backend);
        return backend;
    }

    @Override
    public String toString() {
        return what;
    }
}
