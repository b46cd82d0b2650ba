package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application sees of a query that a captured parameter was taken out of. */
class ManyParametersTests {

    private static final int FEW = 4_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void repeatedNamesKeepTheirValuesInOrder() {
        Map<String, String[]> parameters = QueryParameters.of("b=2&a=1&b&&b=%20+&%zz=%");

        assertThat(parameters.keySet()).containsExactly("b", "a", "%zz");
        assertThat(parameters.get("b")).containsExactly("2", "", "  ");
        assertThat(parameters.get("%zz")).containsExactly("%");
    }

    /** Ten times as many cost ten times as much memory; a copy of all values for each one would cost a hundred times. */
    @ParameterizedTest
    @ValueSource(strings = {"a=1&", "a&", "&", "%61=%31&"})
    void manyParametersCostInProportion(String pair) {
        long few = bytesFor(pair.repeat(FEW));
        long many = bytesFor(pair.repeat(FEW * 10));

        assertThat((double) many / few).isLessThan(40);
    }

    private long bytesFor(String query) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            QueryParameters.of(query);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
