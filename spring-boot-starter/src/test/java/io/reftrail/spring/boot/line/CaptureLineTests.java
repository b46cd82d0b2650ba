package io.reftrail.spring.boot.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What becomes of a click. */
class CaptureLineTests {

    private static final Shop SHOP = new Shop("reftrail.refport.api-key=key", "reftrail.debug.explain=true");

    private final Browser visitor = SHOP.visitor();

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private static List<String> cookies(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie");
    }

    @Test
    void aClickIsKeptInACookieAndThePageIsCleaned() {
        HttpResponse<String> landing = visitor.visit("/pricing?irw_id=aff_1&plan=pro");

        assertThat(landing.statusCode()).isEqualTo(302);
        assertThat(landing.headers().firstValue("Location")).hasValue("?plan=pro");
        assertThat(landing.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(cookies(landing))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("_introw_aff=aff_1; Max-Age=7776000; ")
                        .contains("; Path=/")
                        .endsWith("; SameSite=Lax")
                        .doesNotContain("HttpOnly", "Domain", "Secure"))
                .anySatisfy(
                        line -> assertThat(line).startsWith("_reftrail_introw=").contains("; HttpOnly"));
        assertThat(visitor.visit("/pricing?plan=pro").body()).isEqualTo("query=plan=pro");
    }

    @Test
    void theResponseSaysWhyWhereThatIsSwitchedOn() {
        assertThat(visitor.visit("/pricing?irw_id=aff_1").headers().allValues("Reftrail-Decision"))
                .containsExactly("captured; introw");
        assertThat(visitor.get("/pricing?irw_id=aff_1", "Sec-Fetch-Mode", "cors")
                        .headers()
                        .allValues("Reftrail-Decision"))
                .containsExactly("ignored; introw; not-a-visit");
    }

    @Test
    void aProgramSeesTheQueryWithoutTheClick() {
        HttpResponse<String> reply = visitor.get("/pricing?irw_id=aff_1&plan=pro", "Sec-Fetch-Mode", "cors");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("query=plan=pro");
        assertThat(cookies(reply)).isEmpty();
    }

    @Test
    void aControllerIsGivenTheClick() {
        assertThat(visitor.get("/click").body()).isEqualTo("nobody sent you");
        visitor.visit("/pricing?irw_id=aff_1");
        assertThat(visitor.get("/click").body()).isEqualTo("aff_1");
    }

    @Test
    void twoBackendsCaptureSideBySide() {
        assertThat(SHOP.bean(Reftrail.class).backends()).containsExactly("introw", "refport");
        HttpResponse<String> landing = visitor.visit("/pricing?irw_id=aff_1&refp_id=ref_1");

        assertThat(landing.headers().firstValue("Location")).hasValue("?");
        assertThat(cookies(landing))
                .anyMatch(line -> line.startsWith("_introw_aff=aff_1;"))
                .anyMatch(line -> line.startsWith("refp_id=ref_1;"));
    }

    @Test
    void switchedOffItIsNotThereAndControllersWorkAllTheSame() {
        try (Shop shop = new Shop("reftrail.enabled=false", "management.endpoints.web.exposure.include=*")) {
            HttpResponse<String> landing = shop.visitor.visit("/pricing?irw_id=aff_1");

            assertThat(landing.statusCode()).isEqualTo(200);
            assertThat(landing.body()).isEqualTo("query=irw_id=aff_1");
            assertThat(cookies(landing)).isEmpty();
            assertThat(shop.visitor.get("/click").body()).isEqualTo("nobody sent you");
            assertThat(shop.visitor.get("/actuator/reftrail").statusCode()).isEqualTo(404);
        }
    }
}
