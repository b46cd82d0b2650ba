package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request without a captured parameter is free: its query is read without allocating a byte. */
class ScanAllocationTests {

    private static final int CALLS = 20_000;
    private static final int ROUNDS = 5;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ReferralCapture capture = Rules.capture();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plan=pro",
                "filter%5Bx%5D=1&filter%5By%5D=2",
                "utm_source=a&utm_medium=b&utm_campaign=c&gclid=d&irw_i=e&refp_idx=f",
                "q=%E2%82%AC+shoes&&page=2&=&%",
                "irw%5Fi=1&irw%255Fid=2&refp%zzid=3",
                "q=\u20ac"
            })
    void aQueryWithoutAClickAllocatesNothing(String query) {
        long least = LongStream.generate(() -> allocatedBy(query))
                .limit(ROUNDS)
                .min()
                .orElseThrow();

        assertThat(capture.read(query)).isNull();
        assertThat(least).isZero();
    }

    /** One round may also pay for what the JVM itself does on this thread; what each call costs is in every round. */
    private long allocatedBy(String query) {
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        int found = read(query);
        return threads.getThreadAllocatedBytes(thread) - before + found;
    }

    private int read(String query) {
        int found = 0;
        for (int call = 0; call < CALLS; call++) {
            if (capture.read(query) != null) {
                found++;
            }
        }
        return found;
    }
}
