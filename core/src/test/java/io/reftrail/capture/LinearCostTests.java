package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ten times as much input costs about ten times as much, and never a hundred times: nobody slows a server down by many
 * parameters or cookies. Counts processor time and memory of this thread, not the time on the wall.
 */
@Tag("compatibility")
class LinearCostTests {

    private static final int FEW = 4_000;
    private static final int TEN_TIMES = 10;

    /** Between 10, which is linear, and 100, which is quadratic. */
    private static final double MOST = 40;

    private static final int ROUNDS = 5;
    private static final long SHORTEST_NANOS = 2_000_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ReferralCapture capture = Rules.capture();
    private final AttributionCookies signed = new AttributionCookies(
            CookieSettings.DEFAULT,
            CookieSigning.of(List.of("0123456789-abcdefghijklmnopqrstuvwxyz")),
            new HandSetClock());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=#",
                "irw_id=#",
                "irw_id",
                "%69%72%77%5f%69%64=#",
                "irw_i#=x",
                "irw_id=%zz#",
                "",
                "=",
                "irw_id=one&refp_id=#&x"
            })
    void queriesOfManyParameters(String pair) {
        assertLinear(count -> capture.read(repeated(pair, "&", count)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=#",
                "_introw_aff=c#",
                "_introw_aff=c#; _reftrail_introw=1.#abc",
                "_introw_aff=c#; _reftrail_introw=AAAAAAAAAAAAAAAAAAAAAA*1.#abc",
                "_reftrail_introw=1!~0b9d2f3c-0000-4000-8000-000000000000~#",
                "_introw_aff",
                "="
            })
    void headersOfManyCookies(String cookie) {
        assertLinear(count -> {
            String header = repeated(cookie, "; ", count);
            capture.mayHoldClick(header);
            Rules.COOKIES.read(List.of(Rules.PLAIN, Rules.ENCODED), RecordingExchange.with(header));
            signed.read(List.of(Rules.PLAIN, Rules.ENCODED), RecordingExchange.with(header));
        });
    }

    private static String repeated(String text, String separator, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> text.replace("#", Integer.toHexString(number)))
                .collect(Collectors.joining(separator));
    }

    /** What a round takes on an input of this size. */
    private interface Work {
        void on(int size);
    }

    private record Cost(long nanos, long bytes) {}

    private void assertLinear(Work work) {
        cost(work, FEW);
        Cost few = cost(work, FEW);
        Cost many = cost(work, FEW * TEN_TIMES);

        assertThat((double) many.bytes() / few.bytes()).as("memory").isLessThan(MOST);
        assertThat((double) many.nanos() / Math.max(SHORTEST_NANOS, few.nanos()))
                .as("processor time")
                .isLessThan(MOST);
    }

    private Cost cost(Work work, int size) {
        Cost least = new Cost(Long.MAX_VALUE, Long.MAX_VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long nanos = threads.getCurrentThreadCpuTime();
            work.on(size);
            least = new Cost(
                    Math.min(least.nanos(), threads.getCurrentThreadCpuTime() - nanos),
                    Math.min(least.bytes(), threads.getCurrentThreadAllocatedBytes() - bytes));
        }
        return least;
    }
}
