package io.reftrail.backend.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.model.InvalidSettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a declaration stops the start, with the line, the place, and what to write. */
class DeclarationErrorTests {

    /** One value in each line, so that a message can be checked for its line. */
    private static final String ACME = """
            {"name": "acme",
             "base-url": "https://api.acme.example",
             "settings": {"api-key": {"secret": true, "required": true}, "team": {"required": true, "pattern": "t[0-9]+", "example": "t1"}},
             "capture": [
               {"parameters": ["acme"],
                "carries": "code",
                "cookie": "acme_click",
                "window": "30d"}
             ],
             "authentication": {"bearer": "{setting.api-key}"},
             "headers": {"X-Team": "{setting.team}"},
             "calls": {
               "click": {"path": "/click",
                 "json": {"code": "{code}"},
                 "repeat": "at-least-once",
                 "answers": [{"status": 200, "outcome": "recorded", "learn": {"click-id": "/id"}}]},
               "sale": {"path": "/sale/{customer.id}",
                 "query": {"q": "{invoice-id}"},
                 "json": {"amount": "{amount.minor}"},
                 "repeat": "recognised",
                 "answers": [
                   {"status": 200, "outcome": "recorded"},
                   {"status": 409, "at": "/code", "is": "known", "outcome": "duplicate"}]}
             }
            }
            """;

    /** The calls are read although nothing is sent yet. */
    @Test
    void soDoesACredentialWhoseSettingIsMissing() {
        String optional = ACME.replace("\"secret\": true, \"required\": true", "\"secret\": true");

        assertThatThrownBy(() -> BackendDeclaration.of("acme.json", optional).backend(Map.of("team", "t1")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("/authentication/bearer")
                .hasMessageContaining("the setting that it names is not set");
    }

    @Test
    void theDeclarationIsValidAsItIs() {
        assertThat(BackendDeclaration.of("acme.json", ACME).name()).isEqualTo("acme");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "\"name\": \"acme\"                # \"name\": \"Acme\"                  # line 1, /name # 'Acme' is not the name of a backend # lower-case",
                "\"cookie\": \"acme_click\"        # \"cokie\": \"acme_click\"           # line 7, /capture/0/cokie # no key 'cokie' # cookie",
                "\"window\": \"30d\"               # \"window\": \"30 days\"             # line 8, /capture/0/window # no span of time # '60d'",
                "\"cookie\": \"acme_click\"        # \"cookie\": \"_reftrail_x\"         # line 7, /capture/0/cookie # cannot be the name of a cookie # _reftrail_",
                "\"parameters\": [\"acme\"]        # \"parameters\": [\"a=b\"]           # line 5, /capture/0/parameters/0 # query parameter # visible ASCII",
                "\"carries\": \"code\"             # \"carries\": \"codes\"              # line 6, /capture/0/carries # 'codes' is not possible # click-id, code, counted-code",
                "{amount.minor}                    # {amout.minor}                       # line 19, /calls/sale/json/amount # no placeholder {amout.minor} for a sale # amount.minor",
                "{amount.minor}                    # {customer.email}                    # line 19, /calls/sale/json/amount # no placeholder {customer.email} for a sale # customer.id",
                "{amount.minor}                    # {amount.minor | sha1}             # line 19, /calls/sale/json/amount # no formatter 'sha1' # sha256",
                "{amount.minor}                    # {amount.minor                       # line 19, /calls/sale/json/amount # has no end # }",
                "{amount.minor}                    # {detail.sale}                       # line 19, /calls/sale/json/amount # no answer teaches the detail 'sale' # learn",
                "{amount.minor}                    # {setting.key}                       # line 19, /calls/sale/json/amount # no setting 'key' # api-key",
                "{amount.minor}                    # {setting.api-key}                   # line 19, /calls/sale/json/amount # the secret {setting.api-key} would show here # authentication",
                "/sale/{customer.id}               # /sale/{setting.api-key}             # line 17, /calls/sale/path # the secret {setting.api-key} would show here # authentication",
                "/sale/{customer.id}               # /sale?x={customer.id}               # line 17, /calls/sale/path # is no path # query",
                "/sale/{customer.id}               # sale                                # line 17, /calls/sale/path # is no path # slash",
                "\"q\": \"{invoice-id}\"           # \"q\": \"{setting.api-key}\"        # line 18, /calls/sale/query/q # the secret # authentication",
                "\"at\": \"/code\"                 # \"at\": \"code\"                    # line 23, /calls/sale/answers/1/at # no JSON Pointer # /data/id",
                "\"at\": \"/code\"                 # \"at\": \"/co~2de\"                 # line 23, /calls/sale/answers/1/at # no JSON Pointer # RFC 6901",
                "\"click-id\": \"/id\"             # \"click-id\": \"id\"                # line 16, /calls/click/answers/0/learn/click-id # no JSON Pointer # /data/id",
                "\"click-id\": \"/id\"             # \"id\": \"/id\"                     # line 6, /capture/0/carries # no answer to a click teaches the click id # learn",
                "\"click-id\": \"/id\"             # \"window\": \"/id\"                 # line 16, /calls/click/answers/0/learn/window # cannot be the name of a detail # code, cookie, window",
                "\"status\": 409                   # \"status\": 302                     # line 23, /calls/sale/answers/1/status # redirects # 200 to 299",
                "\"status\": 409                   # \"status\": 429                     # line 23, /calls/sale/answers/1/outcome # 429 and 5xx are never a final answer # retry",
                "\"status\": 409                   # \"status\": \"6xx\"                 # line 23, /calls/sale/answers/1/status # no number from 200 to 599 # without quotes",
                "\"outcome\": \"duplicate\"        # \"outcome\": \"recorded\"           # line 23, /calls/sale/answers/1/outcome # only a success records # duplicate",
                "\"is\": \"known\"                 # \"is\": {}                          # line 23, /calls/sale/answers/1/is # this is no value # null",
                "\"at\": \"/code\", \"is\"         # \"is\"                              # line 23, /calls/sale/answers/1 # nothing says where to look # 'at'",
                "\"repeat\": \"recognised\"        # \"repeat\": \"once\"                # line 20, /calls/sale/repeat # 'once' is not possible # at-least-once, at-most-once, recognised",
                "\"repeat\": \"recognised\",       # ``                                  # line 17, /calls/sale # 'repeat' is missing # Add it",
                "\"X-Team\": \"{setting.team}\"    # \"X-Team\": \"a\\\\r\\\\nX-B: c\"   # line 11, /headers/X-Team # a header has a line break # one line",
                "\"X-Team\": \"{setting.team}\"    # \"X Team\": \"{setting.team}\"      # line 11, /headers/X Team # not the name of a header # hyphens",
                "\"X-Team\": \"{setting.team}\"    # \"Authorization\": \"x\"            # line 11, /headers/Authorization # set by the transport # Leave it out",
                "\"base-url\": \"https://api.acme.example\" # \"base-url\": \"api.acme.example\" # line 2, /base-url # not the URL of an API # https://",
                "\"capture\": [                    # \"capture\": {}, \"x\": [           # line 4, /x # no key 'x' # capture",
                "\"pattern\": \"t[0-9]+\"          # \"pattern\": \"t[0-9\"              # line 3, /settings/team/pattern # no regular expression # Unclosed",
                "\"secret\": true                  # \"secret\": \"yes\"                 # line 3, /settings/api-key/secret # neither true nor false # without quotes",
            })
    void theMessageNamesTheLineThePlaceAndWhatToWrite(
            String from, String to, String place, String problem, String action) {
        String text = ACME.replace(from.strip(), to == null ? "" : to.strip().replace("\\\\", "\\"));
        assertThat(text).isNotEqualTo(ACME);
        assertThatThrownBy(() -> BackendDeclaration.of("acme.json", text))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("acme.json: " + place)
                .hasMessageContaining(problem)
                .hasMessageContaining(action);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                        | line 1",
                "{\"name\": \"a\",,}      | line 1",
                "[]                       | not an object",
                "{\"name\":\"a\",\"name\":\"b\"} | Duplicate",
                "x                        | no JSON",
            })
    void whatIsNoDocumentSaysWhere(String text, String message) {
        assertThatThrownBy(() -> BackendDeclaration.of("acme.json", text))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "api-key  | -        | acme.api-key: the value is missing",
                "api-key  | ' '      | acme.api-key: the value is missing",
                "api-key  | k 1      | acme.api-key: the value is no secret",
                "api-key  | ${KEY}   | acme.api-key: the value is a placeholder",
                "team     | x        | acme.team: 'x' does not match t[0-9]+",
                "colour   | red      | acme.colour: there is no such setting",
                "sales    | api      | acme.sales: there is no such setting",
                "base-url | x        | acme.base-url",
                "calls-per-minute | -1 | acme.calls-per-minute",
            })
    void aSettingThatCannotWorkStopsTheStart(String name, String value, String message) {
        Map<String, String> settings = new java.util.TreeMap<>(Map.of("api-key", "s3cr3t", "team", "t1"));
        settings.remove(name);
        if (value != null) {
            settings.put(name, value);
        }
        assertThatThrownBy(() -> BackendDeclaration.of("acme.json", ACME).backend(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void aSecretIsNotShownWhereItDoesNotMatch() {
        String text = ACME.replace("\"secret\": true", "\"secret\": true, \"pattern\": \"key_.*\"");
        assertThatThrownBy(() -> BackendDeclaration.of("acme.json", text)
                        .backend(Map.of("api-key", "wrong_s3cr3t", "team", "t1")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageNotContaining("s3cr3t");
    }
}
