package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Where a {@code Location} leads, to the letter of RFC 3986 and to the habits of browsers. */
final class Destination {

    private static final String SITE = "http://shop.example:8080";

    private Destination() {}

    /** Fails unless the reference leads back to the page with this raw path. */
    static void assertSamePage(String path, String location) {
        assertThat(location).startsWith("./").doesNotContain("\r", "\n", "#").matches("\\p{Graph}+");
        URI resolved = URI.create(SITE + "/").resolve(parseable(path)).resolve(parseable(location));
        assertThat(resolved.getScheme()).isEqualTo("http");
        assertThat(resolved.getRawAuthority()).isEqualTo("shop.example:8080");
        String target = location.split("\\?", 2)[0];
        assertThat(target).doesNotContain("\\");
        String reached = inBrowser(encoded(path), target);
        if (!path.contains("\\")) {
            assertThat(reached).isEqualTo(inBrowser("/", encoded(path)));
        }
    }

    /** {@link URI} refuses what browsers take; an absolute path keeps to the site whatever it begins with. */
    private static URI parseable(String reference) {
        StringBuilder text = new StringBuilder(reference.startsWith("/") ? SITE : "");
        reference.chars().forEach(c -> {
            if (c < 0x7f && (Character.isLetterOrDigit(c) || "-._~!$&'()*+,;=:@/?".indexOf(c) >= 0)) {
                text.append((char) c);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02X", c));
            }
        });
        return URI.create(text.toString());
    }

    /** The path that a browser goes to: backslashes are slashes, encoded dots are dots, an authority is an alarm. */
    private static String inBrowser(String base, String reference) {
        String slashed = reference.replace('\\', '/');
        if (!slashed.startsWith("/")) {
            assertThat(slashed.split("/", 2)[0]).doesNotContain(":");
            String from = base.replace('\\', '/');
            slashed = from.substring(0, from.lastIndexOf('/') + 1) + slashed;
        }
        Deque<String> segments = new ArrayDeque<>();
        String[] parts = slashed.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            String segment = parts[i].replaceAll("(?i)%2e", ".");
            boolean up = segment.equals("..");
            if (up) {
                segments.pollLast();
            } else if (!segment.equals(".")) {
                segments.addLast(parts[i]);
            }
            if (i == parts.length - 1 && (up || segment.equals("."))) {
                segments.addLast("");
            }
        }
        return "/" + String.join("/", segments);
    }

    /** The path as a client should have sent it. */
    static String encoded(String path) {
        StringBuilder text = new StringBuilder();
        for (String segment : path.split("(?<=/)|(?=/)", -1)) {
            text.append(
                    segment.equals("/")
                            ? "/"
                            : CleanLocation.of("/" + segment, "").substring(2));
        }
        return text.toString();
    }
}
