package io.reftrail.spring.boot.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that was processed ahead of time does what it did before. */
@Tag("compatibility")
class AheadOfTimeLineTests {

    private static final String LEAD = "{\"clickId\":\"aff_1\",\"email\":\"%s@example.org\"}";

    @TempDir
    private Path directory;

    @Test
    void aProcessedApplicationReportsSignInsAndTrackedMethods() {
        try (StubServer introw = StubServer.answering(Answer.recorded());
                ProcessedShop shop = new ProcessedShop(
                        directory,
                        "reftrail.introw.api-key=key",
                        "reftrail.lead.unknown-age=report",
                        "reftrail.introw.base-url=" + introw.url())) {
            Browser kim = new Browser(shop.port());
            assertThat(shop.log()).contains("Starting AOT-processed ShopApplication");
            assertThat(kim.visit("/pricing?irw_id=aff_1").statusCode()).isEqualTo(302);
            kim.signIn("kim@example.org");
            Browser mia = new Browser(shop.port());
            mia.visit("/pricing?irw_id=aff_1");
            HttpResponse<String> signedUp =
                    mia.post("/annotated", Browser.FORM, "email=mia%40example.org&disaster=false");

            assertThat(signedUp.body()).isEqualTo("c-mia@example.org");
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(introw.requests())
                    .extracting(StubServer.Received::body)
                    .containsExactlyInAnyOrder(LEAD.formatted("kim"), LEAD.formatted("mia")));
            assertThat(shop.log()).doesNotContain("APPLICATION FAILED", "Exception");
        }
    }
}
