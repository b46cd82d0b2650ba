package io.reftrail.samples.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page of a list that a caller wants, docs/contracts/affihub.md sections 3.2 and 3.4: 20 rows, at most 100. */
record Paging(int page, int perPage) {

    static Paging of(VendorCall call) {
        return new Paging(number(call.parameter("page"), 1), Math.min(100, number(call.parameter("per_page"), 20)));
    }

    <T> List<T> cut(List<T> all) {
        return all.stream().skip((page - 1L) * perPage).limit(perPage).toList();
    }

    private static int number(@Nullable String text, int otherwise) {
        return text != null && text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : otherwise;
    }
}
