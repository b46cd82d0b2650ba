package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule that says which request is a visit. The requests are as browsers send them (w3.org/TR/fetch-metadata, section 2). */
class RequestKindTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // request                                 | method  | mode        | dest     | site       | accept
                //      | purpose  | kind
                "a link that is followed                   | GET     | navigate    | document | cross-site | text/html,*/*    | -        | NAVIGATION",
                "an address that is typed                  | GET     | navigate    | document | none       | text/html,*/*    | -        | NAVIGATION",
                "a reload                                  | GET     | navigate    | document | same-origin| text/html,*/*    | -        | NAVIGATION",
                "a link, mode only                         | GET     | navigate    | -        | -          | -                | -        | NAVIGATION",
                "a link, destination only                  | GET     | -           | document | -          | -                | -        | NAVIGATION",
                "a link over http, or in an old browser    | GET     | -           | -        | -          | text/html,*/*    | -        | NAVIGATION",
                "the same, XHTML                           | GET     | -           | -        | -          | application/xhtml+xml | -   | NAVIGATION",
                "a speculative prefetch                    | GET     | navigate    | document | cross-site | text/html,*/*    | prefetch | NAVIGATION",
                "<link rel=prefetch>                       | GET     | no-cors     | empty    | same-origin| */*              | prefetch | NAVIGATION",
                "<link rel=prefetch> over http             | GET     | -           | -        | -          | */*              | prefetch | NAVIGATION",
                "a client that says nothing                | GET     | -           | -        | -          | -                | -        | UNDECLARED",
                "a command-line client                     | GET     | -           | -        | -          | */*              | -        | OTHER",
                "an API's client                           | GET     | -           | -        | -          | application/json | -        | OTHER",
                "an image over http                        | GET     | -           | -        | -          | image/avif,*/*   | -        | OTHER",
                "a frame                                   | GET     | navigate    | iframe   | cross-site | text/html,*/*    | -        | OTHER",
                "a frame of the same site                  | GET     | navigate    | iframe   | same-site  | text/html,*/*    | -        | OTHER",
                "an object element                         | GET     | navigate    | object   | cross-site | text/html,*/*    | -        | OTHER",
                "fetch, no-cors                            | GET     | no-cors     | empty    | cross-site | */*              | -        | OTHER",
                "fetch of the site's own script            | GET     | cors        | empty    | same-origin| */*              | -        | OTHER",
                "the same, asking for HTML                 | GET     | cors        | empty    | same-origin| text/html        | -        | OTHER",
                "an image                                  | GET     | no-cors     | image    | cross-site | image/avif,*/*   | -        | OTHER",
                "a script                                  | GET     | no-cors     | script   | cross-site | */*              | -        | OTHER",
                "a preflight                               | OPTIONS | cors        | empty    | cross-site | */*              | -        | OTHER",
                "a preflight of an old browser             | OPTIONS | -           | -        | -          | -                | -        | OTHER",
                "a beacon                                  | POST    | no-cors     | empty    | cross-site | */*              | -        | OTHER",
                "a form                                    | POST    | navigate    | document | cross-site | text/html,*/*    | -        | OTHER",
                "a form over http                          | POST    | -           | -        | -          | text/html,*/*    | -        | OTHER",
                "a deletion                                | DELETE  | cors        | empty    | same-origin| */*              | -        | OTHER",
                "a link checker                            | HEAD    | -           | -        | -          | text/html        | -        | OTHER",
                "a WebSocket                               | GET     | websocket   | websocket| same-origin| -                | -        | OTHER",
            })
    void isKnownByMethodAndHeaders(
            String request,
            String method,
            String mode,
            String destination,
            String site,
            String accept,
            String purpose,
            RequestKind kind) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Sec-Fetch-Mode", mode);
        headers.put("Sec-Fetch-Dest", destination);
        headers.put("Sec-Fetch-Site", site);
        headers.put("Accept", accept);
        headers.put("Sec-Purpose", purpose);

        assertThat(RequestKind.of(method, headers::get)).as(request).isEqualTo(kind);
    }
}
