package io.reftrail.backend;

import io.reftrail.model.InvalidSettingException;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Where a backend's API lives; checked once, when the backend is built. */
record BaseUrl(URI uri) {

    private static final Logger logger = LoggerFactory.getLogger(BaseUrl.class);

    /** Hosts that are this machine (RFC 6761, section 6.3; RFC 5735, section 3). */
    private static final Pattern LOOPBACK = Pattern.compile("(?i)(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    /** Other texts may hold credentials or a key in the query, or be a key in the wrong place: they are not shown. */
    private static final Pattern CANNOT_HOLD_A_SECRET = Pattern.compile("(?i)https?://[^@?#]*");

    /** @throws InvalidSettingException if the text is no absolute http or https URL, or has a query or credentials */
    static BaseUrl of(String backend, String text) {
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (web
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null) {
                warnOfAnOpenWay(backend, uri);
                return new BaseUrl(uri);
            }
        } catch (IllegalArgumentException noUri) {
            throw invalid(backend, text);
        }
        throw invalid(backend, text);
    }

    private static void warnOfAnOpenWay(String backend, URI uri) {
        if ("http".equalsIgnoreCase(uri.getScheme())
                && !LOOPBACK.matcher(uri.getHost()).matches()) {
            logger.warn(
                    "What {} is told goes over the network in the clear, its key and customers' addresses too:"
                            + " the base URL begins with http://. Write https://.",
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
    HttpCall post(String path, Map<String, String> headers, ObjectNode body) {
        return new HttpCall("POST", resolve(path), headers, body.toString());
    }

    URI resolve(String path) {
        return URI.create(uri + path);
    }
}
