package io.reftrail.security.routes;

import java.net.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a browser got. */
record Reply(int status, HttpHeaders headers, String body) {

    @Nullable
    String location() {
        return headers.firstValue("Location").orElse(null);
    }

    List<String> setCookies() {
        return headers.allValues("Set-Cookie");
    }

    /** Whether it takes the partner's click out of the browser. */
    boolean expiresClick() {
        return setCookies().stream().anyMatch(line -> line.startsWith("_introw_aff=;") && line.contains("Max-Age=0"));
    }
}
