package io.reftrail.backend.internal;

import io.reftrail.backend.HttpCall;
import io.reftrail.model.InvalidSettingException;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The URL of a backend's API, checked when the backend is configured.
 *
 * @param uri an absolute http or https URL without a slash at its end
 */
public record BaseUrl(URI uri) {

    private static final Logger logger = LoggerFactory.getLogger(BaseUrl.class);

    /** Hosts that are this machine (RFC 6761, section 6.3; RFC 5735, section 3). */
    private static final Pattern LOOPBACK = Pattern.compile("(?i)(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    /** Other texts may hold credentials or a key in the query, or be a key in the wrong place: they are not shown. */
    private static final Pattern CANNOT_HOLD_A_SECRET = Pattern.compile("(?i)https?://[^@?#]*");

    /**
     * Returns the URL, and logs a warning if it would send the API key unencrypted to another machine.
     *
     * @throws InvalidSettingException if the text is not an absolute http or https URL, or has a query or credentials
     */
    public static BaseUrl of(String backend, String text) {
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (web
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null) {
                warnIfUnencrypted(backend, uri);
                return new BaseUrl(uri);
            }
        } catch (IllegalArgumentException notAUri) {
            throw invalid(backend, text);
        }
        throw invalid(backend, text);
    }

    private static void warnIfUnencrypted(String backend, URI uri) {
        if ("http".equalsIgnoreCase(uri.getScheme())
                && !LOOPBACK.matcher(uri.getHost()).matches()) {
            logger.warn(
                    "The base URL of {} begins with http://: the API key and customers' data are sent unencrypted."
                            + " Write https://.",
                    backend);
        }
    }

    private static InvalidSettingException invalid(String backend, String text) {
        return new InvalidSettingException(
                backend + ".base-url",
                (CANNOT_HOLD_A_SECRET.matcher(text).matches() ? "'" + text + "'" : "the value")
                        + " is not the URL of an API",
                "Write scheme and host, for example 'https://api.example.com', without query and credentials,"
                        + " or leave it out for the vendor's own.");
    }

    /** Returns the call that posts a JSON object to a path of the API. */
    public HttpCall post(String path, Map<String, String> headers, ObjectNode body) {
        return new HttpCall("POST", resolve(path), headers, body.toString());
    }

    /** Returns the call that reads a path of the API. */
    public HttpCall get(String path, Map<String, String> headers) {
        return new HttpCall("GET", resolve(path), headers, "");
    }

    /** Returns the URI of a path of the API. */
    public URI resolve(String path) {
        return URI.create(uri + path);
    }
}
