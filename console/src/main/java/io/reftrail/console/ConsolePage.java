package io.reftrail.console;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/**
 * The files of the page. The page's security policy permits only these files, and no request to another origin. Links are relative,
 * so that the page works behind a proxy with a prefix of its own.
 */
final class ConsolePage {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, MediaType> TYPES = Map.of(
            "css", new MediaType("text", "css", StandardCharsets.UTF_8),
            "js", new MediaType("text", "javascript", StandardCharsets.UTF_8));

    private ConsolePage() {}

    /** Returns the page for a request of it. */
    static ResponseEntity<byte[]> html(HttpServletRequest request) {
        String path = request.getRequestURI().replaceAll("/+$", "");
        ConsoleAccess.Token token = ConsoleAccess.token(request);
        String html = new String(read("console.html"), StandardCharsets.UTF_8)
                .replace("{{folder}}", HtmlUtils.htmlEscape(path.substring(path.lastIndexOf('/') + 1)))
                .replace("{{token-header}}", token == null ? "" : HtmlUtils.htmlEscape(token.header()))
                .replace("{{token}}", token == null ? "" : HtmlUtils.htmlEscape(token.value()));
        return headers(MediaType.TEXT_HTML)
                .cacheControl(CacheControl.noStore())
                .header("Referrer-Policy", "no-referrer")
                .header("X-Frame-Options", "DENY")
                .body(html.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a file of the page, or status 404. */
    static ResponseEntity<byte[]> file(String name) {
        MediaType type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !name.matches("[a-z]+\\.[a-z]+") || ConsolePage.class.getResource("page/" + name) == null) {
            return ResponseEntity.status(HttpStatus.NOT_FOUND).build();
        }
        return headers(type).cacheControl(CacheControl.noCache()).body(read(name));
    }

    private static ResponseEntity.BodyBuilder headers(MediaType type) {
        return ResponseEntity.ok()
                .contentType(type)
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff");
    }

    private static byte[] read(String name) {
        try (InputStream file = ConsolePage.class.getResourceAsStream("page/" + name)) {
            if (file == null) {
                throw new IllegalStateException("there is no " + name);
            }
            return file.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
