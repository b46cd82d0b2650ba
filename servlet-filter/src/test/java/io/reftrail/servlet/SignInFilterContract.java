package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reftrail.model.Customer;
import io.reftrail.servlet.StubBackend.Call;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The filter of a {@code web.xml}: which customers it reports, and that a sign-in succeeds whatever fails. */
class SignInFilterContract extends SigningInContract {

    private WebApp filtered(SignInFilter filter) {
        return pages(new WebApp(ReferralCaptureFilter.builder(own).build())
                .behind(filter)
                .secured(Security.OWN));
    }

    private void signIn(String name) {
        visitor.send("/session");
        visitor.visit("/?irw_id=one");
        assertThat(visitor.submit("/in", "name=" + name).body()).isEqualTo("hello " + name);
    }

    @Test
    void aNameThatLooksLikeAnAddressIsTheAddressToo() {
        serve(filtered(new SignInFilter()));

        signIn("ada@example.com");

        await().atMost(SOON).until(() -> backend.calls().size() == 1);
        assertThat(backend.calls())
                .extracting(Call::body)
                .containsExactly("{\"clickId\":\"one\",\"email\":\"ada@example.com\"}");
    }

    @Test
    void whoIsNoCustomerIsAskedForOnce() {
        AtomicInteger asked = new AtomicInteger();
        serve(filtered(new SignInFilter(request -> {
            asked.incrementAndGet();
            return null;
        })));

        signIn("kim");
        visitor.visit("/");

        assertThat(asked).hasValue(1);
        assertThat(reasons()).contains("no-customer");
        assertThat(leads).isEmpty();
        assertThat(visitor.clicks()).containsExactly(CLICK);
    }

    @Test
    void aResolverThatFailsIsAskedAgainAsLongAsThereIsAClick() {
        AtomicInteger failures = new AtomicInteger(2);
        serve(filtered(new SignInFilter(request -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the database of customers is away");
            }
            return Customer.of(request.getRemoteUser());
        })));

        signIn("kim");
        assertThat(visitor.visit("/").body()).isEqualTo("hello kim");
        assertThat(visitor.clicks()).containsExactly(CLICK);
        assertThat(visitor.visit("/").body()).isEqualTo("hello kim");

        assertThat(reasons()).contains("failed", "examined");
        assertThat(leads).containsExactly("ENQUEUED");
        assertThat(visitor.clicks()).isEmpty();
    }

    @Test
    void aLeadThatCouldNotBeTakenIsTriedAgain() {
        serve(pages(new WebApp(new ReferralCaptureFilter())
                .initParameter("introw.api-key", "key")
                .initParameter("lead.unknown-age", "report")
                .initParameter("introw.base-url", backend.hang().url())
                .initParameter("outbox.capacity", "1")
                .initParameter("delivery.shutdown-timeout", "0s")
                .behind(new SignInFilter())
                .page("/fill", (request, response) -> ServletReftrail.lead(request, response, Customer.of("first")))
                .secured(Security.OWN)));
        visitor.visit("/?irw_id=zero");
        visitor.visit("/fill");
        assertThat(visitor.clicks()).isEmpty();

        signIn("kim");
        assertThat(visitor.clicks()).containsExactly(CLICK);

        backend.goOn();
        await().atMost(SOON).until(() -> {
            assertThat(visitor.visit("/").body()).isEqualTo("hello kim");
            return visitor.clicks().isEmpty();
        });
        await().atMost(SOON).until(() -> backend.calls().size() == 2);
    }

    @Test
    void anApplicationWithoutTheCaptureFilterSignsInAsBefore() {
        serve(pages(new WebApp(null).behind(new SignInFilter()).secured(Security.OWN)));

        assertThat(visitor.submit("/in", "name=kim").body()).isEqualTo("hello kim");
    }

    @Test
    void nobodyIsToldOfWhereOnlySignUpsCount() {
        serve(pages(new WebApp(new ReferralCaptureFilter())
                .initParameter("introw.api-key", "key")
                .initParameter("lead.trigger", "sign-up")
                .behind(new SignInFilter(this::resolve))
                .secured(Security.OWN)));

        signIn("kim");

        assertThat(told).isEmpty();
        assertThat(visitor.clicks()).containsExactly(CLICK);
    }
}
