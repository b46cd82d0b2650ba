package io.reftrail.backend.dub;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.capture.CaptureResult;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.capture.Visit;
import io.reftrail.capture.Visitor;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.UnreachableTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Dub answers visitors that it takes for robots with a click id that it never records (docs/contracts/dub.md, section 3.2). */
class DubRobotTests {

    private static final String PERSON =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0";

    private final Reftrail reftrail = Reftrail.builder()
            .backend(DubBackend.builder("dub_key").domain("go.shop.example").build())
            .outbox(new InMemoryOutbox())
            .transport(new UnreachableTransport())
            .build();

    @AfterEach
    void close() {
        reftrail.close();
    }

    /** The words of the contract page, in the middle of a browser's user agent. */
    static Stream<String> robots() throws IOException {
        String page = Files.readString(Path.of("../docs/contracts/dub.md"));
        String words = page.substring(page.indexOf("```text bots") + "```text bots".length());
        return Stream.of(words.substring(0, words.indexOf("```")).strip().split("\\s+"))
                .flatMap(word -> Stream.of(word, word.toUpperCase(Locale.ROOT)))
                .map(word -> PERSON + " " + word + "/1.0");
    }

    private CaptureResult land(String query, String cookies, String userAgent) {
        CapturedQuery captured = reftrail.visits().capture().read(query);
        assertThat(captured).isNotNull();
        HeaderExchange exchange = HeaderExchange.of(cookies, true).by(new Visitor(userAgent, null));
        Visit visit = new Visit("https://shop.example/?" + query, null, query, false);
        CaptureResult result = reftrail.visits().recordLanding(captured.clicks().get(0), exchange, visit);
        assertThat(exchange.setCookies().isEmpty()).isEqualTo(result == CaptureResult.KEPT);
        return result;
    }

    @ParameterizedTest
    @MethodSource("robots")
    void aRobotsClickReplacesNoneThatIsGood(String userAgent) {
        assertThat(land("dub_id=new", "dub_id=good", userAgent)).isEqualTo(CaptureResult.KEPT);
        assertThat(land("via=nora", "dub_id=good", userAgent)).isEqualTo(CaptureResult.KEPT);
    }

    /** Whether the vendor has recorded it is not certain: it is better than none. */
    @Test
    void aRobotsFirstClickIsKept() {
        assertThat(land("dub_id=new", "a=b", PERSON + " WhatsApp/2.2")).isEqualTo(CaptureResult.CAPTURED);
    }

    @ParameterizedTest
    @CsvSource({"dub_id=new", "via=nora"})
    void aPersonsClickReplacesTheOneBefore(String query) {
        assertThat(land(query, "dub_id=good", PERSON)).isEqualTo(CaptureResult.CAPTURED);
    }
}
