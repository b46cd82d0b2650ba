package io.reftrail.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads a form on behalf of an application that asks for parameters, where its container refuses to. */
final class FormBody {

    static final String TYPE = "application/x-www-form-urlencoded";

    /** What containers read at most by default. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private FormBody() {}

    /**
     * Decodes as the request says, else as ISO 8859-1, which the servlet API has for the default.
     *
     * @throws IllegalStateException if the form cannot be read or is too long, as the servlet API has it
     */
    static void addTo(Map<String, String[]> parameters, HttpServletRequest request) {
        if (!"POST".equals(request.getMethod())) {
            return;
        }
        try {
            byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
            if (body.length > MAX_BYTES) {
                throw new IllegalStateException("the form is longer than " + MAX_BYTES + " bytes");
            }
            String encoding = request.getCharacterEncoding();
            Charset charset = encoding == null ? StandardCharsets.ISO_8859_1 : Charset.forName(encoding);
            QueryParameters.add(parameters, new String(body, charset), charset);
        } catch (IOException | IllegalArgumentException failure) {
            throw new IllegalStateException("the form cannot be read", failure);
        }
    }
}
