package io.reftrail.samples.sandbox;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a call is about, whatever its vendor calls it; a fault can be ordered for one of them. */
enum CallKind {
    CLICK,
    LEAD,
    SALE,
    REFUND,
    READ;

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
