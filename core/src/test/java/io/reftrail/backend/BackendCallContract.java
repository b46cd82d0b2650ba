package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Event;
import io.reftrail.model.Money;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What every call must be, whatever the event holds. */
public abstract class BackendCallContract extends BackendRulesContract {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** A pair of a form (url.spec.whatwg.org, urlencoded serializing). */
    private static final Pattern FIELD =
            Pattern.compile("(?:[A-Za-z0-9*._+-]|%[0-9A-F]{2})++=(?:[A-Za-z0-9*._+-]|%[0-9A-F]{2})*+");

    /** Set by the transport. A visitor's own {@code User-Agent} may be passed on (docs/contracts/dub.md, section 3.2). */
    private static final Set<String> TRANSPORTS_OWN = Set.of(
            "accept",
            "connection",
            "content-length",
            "content-type",
            "cookie",
            "expect",
            "host",
            "te",
            "transfer-encoding",
            "upgrade");

    @Test
    void aTypicalEventOfEachKindIsSent() {
        assertThat(events.typical()).allSatisfy(event -> {
            assertThat(backend.outcomeWithoutCall(event)).as(name(event)).isNull();
            assertWellFormed(event);
        });
    }

    @Test
    void anEventOfWhichLittleIsKnownIsSentOrSettled() {
        events.bare().forEach(this::assertWellFormed);
    }

    @Test
    void theSameEventGivesTheSameCall() {
        assertThat(events.typical()).allSatisfy(event -> {
            HttpCall call = backend.call(event);
            assertThat(backend.call(event)).isEqualTo(call);
            assertThat(backend(BASE_URL).call(event)).isEqualTo(call);
        });
    }

    @Test
    void theAddressIsBelowTheBaseUrl() {
        for (String url :
                List.of(BASE_URL, BASE_URL + "/", "http://localhost:8099/a/sandbox", "http://[::1]:8099/a/")) {
            TrackingBackend there = backend(url);
            String below = url.endsWith("/") ? url : url + "/";
            assertThat(events.typical())
                    .allSatisfy(event -> assertThat(there.call(event).uri().toString())
                            .startsWith(below)
                            .hasSizeGreaterThan(below.length())
                            .isEqualTo(there.call(event).uri().normalize().toString()));
        }
    }

    @Test
    void theSecretShowsInHeadersOnly() {
        List<Event> all = new ArrayList<>(events.typical());
        all.addAll(events.bare());
        assertThat(backend.toString()).doesNotContain(SECRET);
        all.removeIf(event -> backend.outcomeWithoutCall(event) != null);
        assertThat(all).allSatisfy(event -> {
            HttpCall call = backend.call(event);
            assertThat(List.of(call.uri().toString(), call.body(), call.toString(), call.method()))
                    .noneMatch(text -> text.contains(SECRET));
        });
    }

    @Test
    void hostileValuesStayInsideTheirFields() {
        for (String text : HostileEvents.TEXTS) {
            events.typical().stream()
                    .flatMap(event -> HostileEvents.of(event, text))
                    .forEach(this::assertWellFormed);
        }
    }

    @Test
    void anyAmountCanBeSentOrSettled() {
        if (backend.reports().contains(Event.Type.SALE)) {
            for (Money amount : HostileEvents.AMOUNTS) {
                assertWellFormed(events.sale(amount));
            }
        }
    }

    /** What need not be sent is no call, and has said so without a failure. */
    final void assertWellFormed(Event event) {
        try {
            if (backend.outcomeWithoutCall(event) == null) {
                assertWellFormed(event, backend.call(event));
            }
        } catch (RuntimeException failure) {
            throw new AssertionError("a " + name(event) + " gives no call", failure);
        }
    }

    private static void assertWellFormed(Event event, HttpCall call) {
        assertThat(call.method()).as("method of a " + name(event)).matches(TOKEN);
        URI uri = call.uri();
        assertThat(uri.toASCIIString()).isEqualTo(uri.toString()).startsWith(BASE_URL + "/");
        assertThat(uri.normalize()).isEqualTo(uri);
        assertThat(uri.getRawFragment()).isNull();
        call.headers().forEach((name, value) -> {
            assertThat(name).as("header of a " + name(event)).matches(TOKEN);
            assertThat(TRANSPORTS_OWN).doesNotContain(name.toLowerCase(Locale.ROOT));
            assertThat(value).as("value of " + name).matches("[!-~]([ -~]*[!-~])?");
        });
        assertThat(isWellFormedBody(call))
                .as("body of a " + name(event) + " is " + call.contentType())
                .isTrue();
    }

    /** A call without a body has nothing to be formed. */
    private static boolean isWellFormedBody(HttpCall call) {
        return switch (call.contentType()) {
            case HttpCall.JSON -> call.body().isEmpty() || isOneDocument(call.body());
            case HttpCall.FORM ->
                Stream.of(call.body().split("&", -1))
                        .allMatch(pair -> FIELD.matcher(pair).matches());
            default -> false;
        };
    }

    private static boolean isOneDocument(String body) {
        byte[] onTheWire = body.getBytes(StandardCharsets.UTF_8);
        return !body.isBlank() && Stream.of(onTheWire).allMatch(bytes -> STRICT.readTree(bytes) != null);
    }
}
