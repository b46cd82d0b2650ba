package io.reftrail.spring.boot.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.Reftrail;
import io.reftrail.outbox.Outbox;
import io.reftrail.testing.StubServer;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-ups after a click, each by a customer of its own. */
class SignUpLineTests {

    private static final Shop SHOP = new Shop("reftrail.lead.trigger=sign-up");

    private final Browser visitor = SHOP.visitor();
    private final Outbox outbox = SHOP.bean(Reftrail.class).operations().outbox();

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private static boolean expires(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .anyMatch(line -> line.startsWith("_introw_aff=; Max-Age=0"));
    }

    private static Stream<String> reported(String email) {
        return SHOP.introw.requests().stream().map(StubServer.Received::body).filter(body -> body.contains(email));
    }

    @ParameterizedTest
    @ValueSource(strings = {"annotated", "published"})
    void aSignUpIsALeadInItsTransaction(String page) {
        String email = page + "@example.org";
        visitor.visit("/pricing?irw_id=aff_1");
        HttpResponse<String> done = visitor.post("/" + page, Browser.FORM, "email=" + email + "&disaster=false");

        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.body()).isEqualTo("c-" + email);
        assertThat(expires(done)).isTrue();
        assertThat(SHOP.bean(SignUps.class).accounts(email)).isOne();
        assertThat(outbox.find("introw", "Sign Up", "c-" + email)).isNotNull();
        await().until(() -> outbox.depth("introw") == 0);
        assertThat(reported(email)).containsExactly("{\"clickId\":\"aff_1\",\"email\":\"" + email + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"annotated", "published", "undone"})
    void aSignUpThatIsUndoneIsNone(String page) {
        String email = page + "-undone@example.org";
        visitor.visit("/pricing?irw_id=aff_1");
        HttpResponse<String> undone = visitor.post("/" + page, Browser.FORM, "email=" + email + "&disaster=true");

        assertThat(undone.statusCode()).isEqualTo(500);
        assertThat(expires(undone)).isFalse();
        assertThat(SHOP.bean(SignUps.class).accounts(email)).isZero();
        assertThat(outbox.find("introw", "Sign Up", "c-" + email)).isNull();
        assertThat(outbox.depth("introw")).isZero();
        assertThat(reported(email)).isEmpty();
    }
}
