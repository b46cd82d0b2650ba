package io.reftrail.benchmarks.filter;

import io.reftrail.Reftrail;
import io.reftrail.benchmarks.SixBackends;
import io.reftrail.servlet.ReferralCaptureFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One request through an empty chain, and through the filter and that chain. Run by {@link Filter}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FilterCost {

    /** What is asked for. */
    @Param
    public RequestKind kind = RequestKind.NO_QUERY;

    private final Reftrail reftrail = SixBackends.reftrail();
    private final ReferralCaptureFilter filter =
            ReferralCaptureFilter.builder(reftrail).build();
    private final End end = new End();
    private final PlainResponse response = new PlainResponse();
    private PlainRequest request = kind.request();

    /** The application: keeps the compiler from leaving anything out. */
    private static final class End implements FilterChain {

        private @Nullable ServletRequest last;

        @Override
        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        public void doFilter(ServletRequest request, ServletResponse response) {
            last = request;
        }
    }

    /** Makes the request of the kind at hand. */
    @Setup
    public void request() {
        request = kind.request();
    }

    /** The chain alone. */
    @Benchmark
    public @Nullable ServletRequest empty() {
        end.doFilter(request, response);
        return end.last;
    }

    /** The filter in front of it. */
    @Benchmark
    public @Nullable ServletRequest filter() throws ServletException, IOException {
        filter.doFilter(request, response, end);
        return end.last;
    }

    /** Ends its threads. */
    @TearDown
    public void close() {
        reftrail.close();
    }
}
