package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.Reftrail;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Lead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.core.env.StandardEnvironment;

/** A backend of the application's own by properties: a document that is named, in JSON or YAML, or the document's own keys. */
class DeclaredPropertiesTests {

    private static final String JSON = """
            {
              "name": "acme",
              "base-url": "https://api.acme.example",
              "settings": {"api-key": {"secret": true, "required": true}},
              "capture": [{"parameters": ["acme_id"], "cookie": "acme_id", "window": "60d", "script-readable": true}],
              "authentication": {"bearer": "{setting.api-key}"},
              "calls": {
                "lead": {
                  "path": "/signups",
                  "json": {"click": "{click-id}", "userId": "{customer.id}"},
                  "repeat": "recognised",
                  "answers": [{"status": [200, 201], "at": "/ok", "is": true, "outcome": "recorded"}]
                }
              }
            }
            """;

    private static final String YAML = """
            # Acme's API v1
            name: acme
            base-url: https://api.acme.example
            settings:
              api-key: {secret: true, required: true}
            capture:
              - parameters: [acme_id]
                cookie: acme_id
                window: 60d
                script-readable: true
            authentication:
              bearer: "{setting.api-key}"
            calls:
              lead:
                path: /signups
                json:
                  click: "{click-id}"
                  userId: "{customer.id}"
                repeat: recognised
                answers:
                  - status: [200, 201]
                    at: /ok
                    is: true
                    outcome: recorded
            """;

    /** The same keys as properties; the value of a setting is beside its description. */
    private static final String[] INLINE = {
        "base-url=https://api.acme.example",
        "settings.api-key.secret=true",
        "settings.api-key.required=true",
        "settings.api-key.value=s3cr3t",
        "capture[0].parameters[0]=acme_id",
        "capture[0].cookie=acme_id",
        "capture[0].window=60d",
        "capture[0].script-readable=true",
        "authentication.bearer={setting.api-key}",
        "calls.lead.path=/signups",
        "calls.lead.json.click={click-id}",
        "calls.lead.json.userId={customer.id}",
        "calls.lead.repeat=recognised",
        "calls.lead.answers[0].status[0]=200",
        "calls.lead.answers[0].status[1]=201",
        "calls.lead.answers[0].at=/ok",
        "calls.lead.answers[0].is=true",
        "calls.lead.answers[0].outcome=recorded",
    };

    @TempDir
    Path directory;

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toUri().toString();
    }

    private static TrackingBackend backend(String... properties) {
        StandardEnvironment environment = new StandardEnvironment();
        TestPropertyValues.of(Stream.of(properties).map(property -> "reftrail.backends.acme." + property))
                .applyTo(environment);
        List<TrackingBackend> backends = DeclaredProperties.backends(Binder.get(environment));
        assertThat(backends).hasSize(1);
        return backends.get(0);
    }

    private static void assertThatItIsAcme(TrackingBackend backend) {
        Lead lead =
                Lead.of(new Attribution("acme", "c-1", Instant.EPOCH), Customer.of("u-1"), "Sign Up", Instant.EPOCH);
        HttpCall call = backend.call(lead);
        assertThat(call.uri()).hasToString("https://api.acme.example/signups");
        assertThat(call.headers()).isEqualTo(Map.of("Authorization", "Bearer s3cr3t"));
        assertThat(call.body()).isEqualTo("{\"click\":\"c-1\",\"userId\":\"u-1\"}");
        assertThat(backend.captureRules()).singleElement().satisfies(rule -> {
            assertThat(rule.parameters()).containsExactly("acme_id");
            assertThat(rule.scriptReadable()).isTrue();
        });
    }

    @Test
    void aDocumentInJson() throws IOException {
        assertThatItIsAcme(backend("declaration=" + file("acme.json", JSON), "settings.api-key=s3cr3t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme.yaml", "acme.yml"})
    void aDocumentInYaml(String name) throws IOException {
        assertThatItIsAcme(backend("declaration=" + file(name, YAML), "settings.api-key=s3cr3t"));
    }

    @Test
    void theKeysOfTheDocument() {
        assertThatItIsAcme(backend(INLINE));
    }

    @Test
    void itIsActiveBesideTheOthers() throws IOException {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(ReftrailOutboxAutoConfiguration.class, ReftrailAutoConfiguration.class))
                .withPropertyValues(
                        "reftrail.outbox.store=memory",
                        "reftrail.introw.api-key=ik",
                        "reftrail.backends.acme.declaration=" + file("acme.json", JSON),
                        "reftrail.backends.acme.settings.api-key=s3cr3t")
                .run(context -> assertThat(context.getBean(Reftrail.class).backends())
                        .containsExactlyInAnyOrder("introw", "acme"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "cookie: acme_id | cookie: _introw_aff | the cookie '_introw_aff'",
                "[acme_id]       | [irw_id]            | the parameter 'irw_id'"
            })
    void aNameOfAnotherVendorStopsTheStart(String from, String to, String shared) throws IOException {
        String text = YAML.replace(from, to);
        assertThat(text).isNotEqualTo(YAML);
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(ReftrailOutboxAutoConfiguration.class, ReftrailAutoConfiguration.class))
                .withPropertyValues(
                        "reftrail.outbox.store=memory",
                        "reftrail.introw.api-key=ik",
                        "reftrail.backends.acme.declaration=" + file("acme.yaml", text),
                        "reftrail.backends.acme.settings.api-key=s3cr3t")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidSettingException.class)
                        .hasMessageContaining(shared + " is also that of introw"));
    }

    @Test
    void aLineBreakInAHeaderSaysTheLine() throws IOException {
        String location = file(
                "acme.yaml", YAML.replace("authentication:", "headers:\n  X-Team: \"a\\r\\nX-B: c\"\nauthentication:"));

        assertThatThrownBy(() -> backend("declaration=" + location, "settings.api-key=s3cr3t"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("line 12, /headers/X-Team: a header has a line break");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "window: 60d        | windw: 60d          | line 9, /capture/0/windw: | no key 'windw'",
                "window: 60d        | window: sixty       | line 9, /capture/0/window: | no span of time",
                "path: /signups     | path: signups       | line 15, /calls/lead/path: | is no path",
                "{customer.id}      | {customer.nr}       | line 18, /calls/lead/json/userId: | no placeholder {customer.nr}",
                "at: /ok            | at: ok              | line 22, /calls/lead/answers/0/at: | no JSON Pointer",
                "path: /signups     | path: /{setting.api-key} | line 15, /calls/lead/path: | the secret",
                "name: acme         | name: [acme         | line 3: this is no YAML | ",
                "name: acme         | name: other         | backends.acme.declaration: the document declares | Use the same name",
            })
    void whatIsWrongInYamlSaysTheLine(String from, String to, String place, String problem) throws IOException {
        String text = YAML.replace(from, to);
        assertThat(text).isNotEqualTo(YAML);
        String location = file("acme.yaml", text);

        assertThatThrownBy(() -> backend("declaration=" + location, "settings.api-key=s3cr3t"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(problem == null ? "" : problem)
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void whatIsWrongInJsonSaysTheLine() throws IOException {
        String location = file("acme.json", JSON.replace("\"60d\"", "\"sixty\""));

        assertThatThrownBy(() -> backend("declaration=" + location, "settings.api-key=s3cr3t"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("acme.json: line 5, /capture/0/window: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "capture[0].window=60d      | capture[0].window=sixty  | reftrail.backends.acme: /capture/0/window: ",
                "capture[0].cookie=acme_id  | capture[0].cokie=acme_id | reftrail.backends.acme: /capture/0/cokie: ",
                "settings.api-key.value=s3cr3t | settings.api-key.example=x | acme.api-key: the value is missing",
            })
    void whatIsWrongInTheKeysSaysThePlace(String from, String to, String message) {
        String[] properties = Stream.of(INLINE)
                .map(property -> property.equals(from) ? to : property)
                .toArray(String[]::new);

        assertThatThrownBy(() -> backend(properties))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "declaration=            | backends.acme.declaration: the value is missing",
                "settings.api-key=s3cr3t | backends.acme.declaration: the value is missing",
                "declaration=classpath:none.json | backends.acme.declaration: there is no classpath:none.json",
            })
    void aNameThatNamesNoDocumentStopsTheStart(String property, String message) {
        assertThatThrownBy(() -> backend(property))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(message);
    }
}
