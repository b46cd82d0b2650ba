package io.reftrail.servlet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A response as it came over the wire. */
record RawResponse(String statusLine, List<String> headerLines, String body) {

    static RawResponse parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IllegalStateException("no complete response: '" + text + "'");
        }
        List<String> head = text.substring(0, end).lines().toList();
        return new RawResponse(head.get(0), head.subList(1, head.size()), text.substring(end + 4));
    }

    int status() {
        return Integer.parseInt(statusLine.split(" ", 3)[1]);
    }

    /** The values of all header lines of this name, in order. */
    List<String> headers(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headerLines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    List<String> cookies() {
        return headers("Set-Cookie");
    }

    /** The one {@code Location}, or the empty string. */
    String location() {
        return String.join("\n", headers("Location"));
    }

    String cacheControl() {
        return String.join(", ", headers("Cache-Control"));
    }

    /** What the probe reports under this name. */
    String seen(String name) {
        return body.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }
}
