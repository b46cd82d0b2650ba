package io.reftrail.spring.boot.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.security.LeadReportingListener;
import io.reftrail.servlet.ReferralCaptureFilter;
import io.reftrail.spring.boot.ReftrailAutoConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every class, method and field of others that the published jars use is there on this line. So no application finds one
 * missing on a way that no test goes. What is not there by intention is loaded on a condition, and stands in the build's list.
 */
class LinkageLineTests {

    private static final List<Class<?>> JARS = List.of(
            Reftrail.class, ReferralCaptureFilter.class, LeadReportingListener.class, ReftrailAutoConfiguration.class);

    private static Set<String> byIntention() {
        String names = System.getProperty("reftrail.line.unlinked");
        assertThat(names).as("the build says which classes do not link").isNotBlank();
        return Set.of(names.strip().split("\\s+"));
    }

    /** The exact list: a class that links again has to leave it, and a check that finds nothing does not pass. */
    @Test
    void onlyWhatIsOptionalDoesNotLink() throws IOException {
        TreeMap<String, TreeSet<String>> unlinked = new TreeMap<>();
        for (Class<?> jar : JARS) {
            OurClass.of(jar).forEach(ours -> {
                TreeSet<String> missing = ours.references().stream()
                        .filter(reference -> !reference.resolves())
                        .map(Reference::toString)
                        .collect(Collectors.toCollection(TreeSet::new));
                if (!missing.isEmpty()) {
                    unlinked.put(ours.simpleName(), missing);
                }
            });
        }
        assertThat(unlinked.keySet()).as("%s", unlinked).isEqualTo(byIntention());
    }
}
