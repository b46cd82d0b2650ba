package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which cookie headers may hold a click: each from which one can be read, and none where nothing could be. */
class CookieNamesTests {

    private static final int CALLS = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CookieHeader.NameSet names =
            new CookieHeader.NameSet(Stream.of(Rules.PLAIN, Rules.ENCODED).flatMap(Rules.COOKIES::names));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_introw_aff=one                 | true",
                "_reftrail_refport=1.a           | true",
                "a=b;refp_id=one                 | true",
                "a; b=; =c ;;  refp_id = one ; d | true",
                "''                              | false",
                "refp_id                         | false",
                "refp_id; a=b                    | false",
                "refp_idx=1; xrefp_id=1; a=refp_id=1 | false",
                "REFP_ID=1                       | false",
                "_reftrail_dub=1.a               | false"
            })
    void areFoundByTheirWholeName(String header, boolean found) {
        assertThat(names.isIn(header)).isEqualTo(found);
    }

    @Test
    void areFoundWhereverAClickIsRead() {
        String[] pieces = {"refp_id", "_introw_aff", "a", "=", "=", ";", ";", " ", "\t", "\"", "x", "\u20ac"};
        Random random = new Random(20_261_121);
        int read = 0;
        for (int run = 0; run < 100_000; run++) {
            StringBuilder header = new StringBuilder();
            for (int piece = random.nextInt(12); piece >= 0; piece--) {
                header.append(pieces[random.nextInt(pieces.length)]);
            }
            List<String> headers = List.of(header.toString());
            if (!CookieHeader.values(headers, "refp_id").isEmpty()
                    || !CookieHeader.values(headers, "_introw_aff").isEmpty()) {
                read++;
                assertThat(names.isIn(header.toString())).as(header.toString()).isTrue();
            }
        }
        assertThat(read).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sid=0123456789abcdef; theme=dark; lang=en; a=1; b=2; c=3; d=4; e=5; f=6",
                "no value; _introw_af=1; refp_idx=2;;=;",
                "_introw_aff=one"
            })
    void areLookedForWithoutAllocating(String header) {
        long least =
                LongStream.generate(() -> allocatedBy(header)).limit(10).min().orElseThrow();

        assertThat(least).isZero();
    }

    /** One round may also pay for what the JVM itself does on this thread; what each call costs is in every round. */
    private long allocatedBy(String header) {
        long before = threads.getCurrentThreadAllocatedBytes();
        int found = 0;
        for (int call = 0; call < CALLS; call++) {
            found += names.isIn(header) ? 1 : 0;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        return found == 0 || found == CALLS ? allocated : -1;
    }
}
