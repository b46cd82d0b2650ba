package io.reftrail.samples.sandbox;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of a call, in one word that means the same for every vendor, whatever its status code says. */
enum Verdict {
    RECORDED,
    DUPLICATE,
    IGNORED,
    REJECTED,
    UNAUTHORIZED,
    FAULT;

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
