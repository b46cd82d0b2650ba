package io.reftrail.spring.boot.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.Reftrail;
import io.reftrail.outbox.Outbox;
import io.reftrail.testing.StubServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sign-ins after a click. */
class LeadLineTests {

    private static final String LEAD = "{\"clickId\":\"aff_1\",\"email\":\"kim@example.org\"}";

    @TempDir
    private Path directory;

    private static boolean expires(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .anyMatch(line -> line.startsWith("_introw_aff=; Max-Age=0"));
    }

    private static void arrived(StubServer backend, String... bodies) {
        await().until(() -> backend.requests().size() >= bodies.length);
        assertThat(backend.requests()).extracting(StubServer.Received::body).containsExactlyInAnyOrder(bodies);
    }

    /** The reply has been read: an answer that is not understood would be asked for again. */
    private static void settled(Shop shop) {
        Outbox outbox = shop.bean(Reftrail.class).operations().outbox();
        await().until(() -> outbox.depth("introw") == 0 && outbox.depth("refport") == 0);
    }

    @Test
    void aSignInAfterAClickIsOneLead() {
        try (Shop shop = new Shop()) {
            assertThat(shop.bean(Reftrail.class).operations().outbox()).hasToString("the application's H2 database");
            shop.visitor.visit("/pricing?irw_id=aff_1");
            HttpResponse<String> signedIn = shop.visitor.signIn("kim@example.org");

            assertThat(expires(signedIn)).isTrue();
            assertThat(shop.visitor.get("/me").body()).isEqualTo("kim@example.org");
            shop.visitor.visit("/pricing?irw_id=aff_2");
            shop.visitor.signIn("kim@example.org");
            settled(shop);
            arrived(shop.introw, LEAD);
            assertThat(shop.introw.requests().get(0).headers())
                    .containsEntry("x-api-key", "key")
                    .containsEntry("content-type", "application/json; charset=UTF-8");
        }
    }

    @Test
    void withoutAClickNobodyIsALead() {
        try (Shop shop = new Shop()) {
            assertThat(expires(shop.visitor.signIn("kim@example.org"))).isFalse();
            shop.stop();
            assertThat(shop.introw.requests()).isEmpty();
        }
    }

    @Test
    void credentialsThatComeWithEachRequestAreNoSignIn() {
        String basic = "Basic "
                + Base64.getEncoder().encodeToString("kim@example.org:secret".getBytes(StandardCharsets.UTF_8));
        try (Shop shop = new Shop()) {
            shop.visitor.visit("/pricing?irw_id=aff_1");
            HttpResponse<String> reply = shop.visitor.get("/me", "Authorization", basic);

            assertThat(reply.body()).isEqualTo("kim@example.org");
            assertThat(expires(reply)).isFalse();
            shop.stop();
            assertThat(shop.introw.requests()).isEmpty();
        }
    }

    @Test
    void eachBackendHearsOfItsClick() {
        try (Shop shop = new Shop("reftrail.refport.api-key=key")) {
            shop.visitor.visit("/pricing?irw_id=aff_1&refp_id=ref_1");
            shop.visitor.signIn("kim@example.org");

            settled(shop);
            arrived(shop.introw, LEAD);
            assertThat(shop.refport.requests()).singleElement().satisfies(call -> assertThat(call.body())
                    .contains("ref_1", "kim@example.org"));
        }
    }

    @Test
    void inAFileALeadOutlivesTheApplication() {
        String[] file = {"reftrail.outbox.store=embedded", "reftrail.outbox.directory=" + directory};
        try (StubServer away = StubServer.answering(StubServer.Answer.of(500, ""))) {
            try (Shop shop = new Shop(file[0], file[1], "reftrail.introw.base-url=" + away.url())) {
                assertThat(shop.bean(Reftrail.class).operations().outbox())
                        .hasToString("the file " + directory + "/application.db");
                shop.visitor.visit("/pricing?irw_id=aff_1");
                assertThat(expires(shop.visitor.signIn("kim@example.org"))).isTrue();
                await().until(() -> !away.requests().isEmpty());
            }
            try (Shop shop = new Shop(file)) {
                settled(shop);
                arrived(shop.introw, LEAD);
            }
        }
    }

    @Test
    void whatIsOnItsWayIsDeliveredAtShutdown() {
        try (Shop shop = new Shop("reftrail.outbox.store=memory", "reftrail.delivery.shutdown-timeout=20s")) {
            shop.visitor.visit("/pricing?irw_id=aff_1");
            shop.visitor.signIn("kim@example.org");
            shop.stop();
            assertThat(shop.introw.requests())
                    .extracting(StubServer.Received::body)
                    .containsExactly(LEAD);
        }
    }
}
