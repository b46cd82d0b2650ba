package io.reftrail.samples.sandbox;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts clicks, leads and sales for each bucket of time, of everybody or of one vendor, one partner, or both. */
@Component
final class SeriesQuery {

    private final JdbcClient jdbc;

    SeriesQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Series run(Series.Span span, @Nullable String vendor, @Nullable String partner) {
        Map<Integer, Series.Bucket> counted = jdbc
                .sql("""
                        select datediff('millisecond', :start, at) / :length as bucket,
                               count(*) filter (where stage = 'CLICK') as clicks,
                               count(*) filter (where stage = 'LEAD') as leads,
                               count(*) filter (where stage = 'SALE') as sales
                        from (select vendor, partner, at, 'CLICK' as stage from clicks
                              union all
                              select vendor, partner, at, kind from conversions)
                        where at >= :start and at < :end
                          and (:vendor is null or vendor = :vendor)
                          and (:partner is null or partner = :partner)
                        group by bucket
                        """)
                .param("start", span.start(0))
                .param("end", span.start(span.buckets()))
                .param("length", span.bucket().toMillis())
                .param("vendor", vendor)
                .param("partner", partner)
                .query((row, n) -> Map.entry(
                        row.getInt("bucket"),
                        new Series.Bucket(
                                span.start(row.getInt("bucket")),
                                row.getLong("clicks"),
                                row.getLong("leads"),
                                row.getLong("sales"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Series(
                span.bucket(),
                IntStream.range(0, span.buckets())
                        .mapToObj(number -> counted.getOrDefault(number, nothing(span.start(number))))
                        .toList());
    }

    private static Series.Bucket nothing(Instant at) {
        return new Series.Bucket(at, 0, 0, 0);
    }
}
