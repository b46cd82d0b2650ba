package io.reftrail.benchmarks.load;

/**
 * What a server has answered under load.
 *
 * @param requests how many requests were answered as they should be
 * @param nanos how long that took
 * @param medianNanos half of them were answered within so long
 * @param p99Nanos as it says
 */
public record LoadResult(long requests, long nanos, long medianNanos, long p99Nanos) {

    static LoadResult parse(String line) {
        String[] words = line.split(" ", -1);
        return new LoadResult(
                Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    }

    String line() {
        return requests + " " + nanos + " " + medianNanos + " " + p99Nanos;
    }

    /** How many in a second. */
    public double perSecond() {
        return requests * 1e9 / nanos;
    }
}
