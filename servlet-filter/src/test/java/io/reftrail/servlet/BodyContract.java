package io.reftrail.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise 2: the body belongs to the application. */
class BodyContract extends ServedContract {

    private static final String FORM = "irw_id=mine&a=c+d&irw_id=again&empty=";

    @ParameterizedTest
    @EnumSource(StripMode.class)
    void leavesAFormByteForByte(StripMode strip) {
        serve(app(strip));

        RawResponse response = send(RawRequest.form("/body?irw_id=one&a=b", FORM));

        assertThat(response.seen("body")).isEqualTo(FORM);
        assertThat(response.seen("session")).isEqualTo("false");
        assertThat(response.cookies()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"irw_id=one", "irw_id=one&irw_id=two", "irw%5Fid=one", "irw_id="})
    void leavesTheFormItsOwnParameterOfTheSameName(String query) {
        RawResponse response = send(RawRequest.form("/params?" + query + "&a=b", FORM));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.seen("parameter irw_id")).isEqualTo("[mine, again]");
        assertThat(response.seen("parameter a")).isEqualTo("[b, c d]");
        assertThat(response.seen("parameter empty")).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";charset=UTF-8", ";charset=ISO-8859-1"})
    void decodesAFormAsTheServerDoes(String charset) {
        String type = "application/x-www-form-urlencoded" + charset;
        byte[] body = "name=J%C3%BCrgen".getBytes(ISO_8859_1);

        RawResponse alone = send(RawRequest.of("POST", "/params").body(type, body));
        RawResponse captured = send(RawRequest.of("POST", "/params?irw_id=one").body(type, body));

        assertThat(captured.seen("parameter name")).isEqualTo(alone.seen("parameter name"));
    }

    @Test
    void neverRedirectsAPost() {
        RawResponse response = send(RawRequest.form("/body?irw_id=one", FORM)
                .with("Sec-Fetch-Mode", "navigate")
                .with("Accept", "text/html"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.seen("body")).isEqualTo(FORM);
    }

    @Test
    void leavesALargeBinaryBodyAlone() {
        byte[] sent = new byte[300_000];
        new Random(7).nextBytes(sent);
        serve(app().page("/upload", (request, response) -> {
            byte[] seen = request.getInputStream().readAllBytes();
            response.getWriter().print("same: " + Arrays.equals(seen, sent));
        }));

        RawResponse response = send(RawRequest.of("PUT", "/upload?irw_id=one").body("application/octet-stream", sent));

        assertThat(response.body()).isEqualTo("same: true");
    }

    @Test
    void leavesTheReaderToTheApplication() {
        serve(app().page("/read", (request, response) -> response.getWriter()
                .print("read: " + request.getReader().readLine())));

        RawResponse response = send(RawRequest.form("/read?irw_id=one", "a=b"));

        assertThat(response.body()).isEqualTo("read: a=b");
    }

    @Test
    void leavesMultipartFormsToTheApplication() {
        serve(app().page("/parts", (request, response) -> response.getWriter()
                .print("type: " + request.getContentType() + " " + length(request.getInputStream()))));
        byte[] body =
                "--x\r\nContent-Disposition: form-data; name=\"irw_id\"\r\n\r\nmine\r\n--x--\r\n".getBytes(ISO_8859_1);

        RawResponse response =
                send(RawRequest.of("POST", "/parts?irw_id=one").body("multipart/form-data; boundary=x", body));

        assertThat(response.body()).isEqualTo("type: multipart/form-data; boundary=x " + body.length);
    }

    private static int length(InputStream body) throws IOException {
        return body.readAllBytes().length;
    }
}
