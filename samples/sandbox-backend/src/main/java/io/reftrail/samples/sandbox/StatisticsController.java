package io.reftrail.samples.sandbox;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The numbers over time behind the chart of the page. An empty filter is no filter. */
@RestController
class StatisticsController {

    private final SeriesQuery series;

    StatisticsController(SeriesQuery series) {
        this.series = series;
    }

    @GetMapping("/sandbox/series")
    Series series(
            @RequestParam(defaultValue = "PT1M") Duration bucket,
            @RequestParam(defaultValue = "30") int buckets,
            @RequestParam(required = false) @Nullable String vendor,
            @RequestParam(required = false) @Nullable String partner) {
        Series.Span span = new Series.Span(bucket, buckets, Instant.now());
        if (!span.makesSense()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        return this.series.run(span, nullIfEmpty(vendor), nullIfEmpty(partner));
    }

    private static @Nullable String nullIfEmpty(@Nullable String filter) {
        return filter == null || filter.isEmpty() ? null : filter;
    }
}
