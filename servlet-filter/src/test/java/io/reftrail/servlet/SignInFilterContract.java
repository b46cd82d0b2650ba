package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.model.Customer;
import io.reftrail.servlet.StubBackend.Call;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter of a {@code web.xml}: whom it takes for a customer, and that a sign-in succeeds whatever fails. */
abstract class SignInFilterContract extends SigningInContract {

    private WebApp filtered(@Nullable SignInFilter filter, String... resolver) {
        WebApp app = new WebApp(ReferralCaptureFilter.builder(own).build()).secured(Security.OWN);
        SignInFilter configured = filter == null ? new SignInFilter() : filter;
        return pages(
                resolver.length == 0
                        ? app.behind(configured)
                        : app.behind(configured, "customer-resolver", resolver[0]));
    }

    private void signIn(String name) {
        visitor.send("/session");
        visitor.visit("/?irw_id=one");
        assertThat(visitor.submit("/in", "name=" + name).body()).isEqualTo("hello " + name);
    }

    @Test
    void aNameThatLooksLikeAnAddressIsTheAddressToo() {
        serve(filtered(null));

        signIn("ada@example.com");

        Awaitility.await().atMost(SOON).until(() -> backend.calls().size() == 1);
        assertThat(backend.calls())
                .extracting(Call::body)
                .containsExactly("{\"clickId\":\"one\",\"email\":\"ada@example.com\"}");
    }

    @Test
    void aResolverIsMadeByItsName() {
        serve(filtered(null, Customers.class.getName()));

        signIn("kim");

        Awaitility.await().atMost(SOON).until(() -> backend.calls().size() == 1);
        assertThat(backend.calls())
                .extracting(Call::body)
                .containsExactly("{\"clickId\":\"one\",\"email\":\"kim@customers.example\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "com.example.Absent              | there is no class 'com.example.Absent'. Write the full name",
                "java.lang.String                | is no customer resolver. Let it implement io.reftrail.servlet.Princ",
                "io.reftrail.servlet.SignInFilterContract$Hidden | Let it be a public class with a public constructor",
                "io.reftrail.servlet.SignInFilterContract$Broken | could not be made"
            })
    void aResolverThatCannotBeMadeStopsTheStart(String name, String advice) {
        ObservedFilter filter = new ObservedFilter(new SignInFilter());
        WebApp app = new WebApp(null).behind(filter, "customer-resolver", name);

        assertThatThrownBy(() -> serve(app)).hasMessage("the application did not start");
        assertThat(filter.failure())
                .hasMessageStartingWith("Reftrail cannot start: customer-resolver: ")
                .hasMessageContaining(advice);
    }

    @Test
    void anUnknownParameterStopsTheStart() {
        ObservedFilter filter = new ObservedFilter(new SignInFilter());

        assertThatThrownBy(() -> serve(new WebApp(null).behind(filter, "resolver", "x")))
                .hasMessage("the application did not start");
        assertThat(filter.failure()).hasMessageContaining("Write one of [customer-resolver]");
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

        assertThat(leads).containsExactly("ENQUEUED");
        assertThat(visitor.clicks()).isEmpty();
    }

    @Test
    void aLeadThatCouldNotBeTakenIsTriedAgain() {
        serve(pages(new WebApp(new ReferralCaptureFilter())
                .initParameter("introw.api-key", "key")
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
        Awaitility.await().atMost(SOON).until(() -> {
            assertThat(visitor.visit("/").body()).isEqualTo("hello kim");
            return visitor.clicks().isEmpty();
        });
        Awaitility.await().atMost(SOON).until(() -> backend.calls().size() == 2);
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

    /** The resolver of an application. */
    public static final class Customers implements PrincipalCustomerResolver {

        @Override
        public Customer resolve(HttpServletRequest request) {
            return Customer.of("id of " + request.getRemoteUser())
                    .withEmail(request.getRemoteUser() + "@customers.example");
        }
    }

    /** Cannot be made by anybody else. */
    public static final class Hidden implements PrincipalCustomerResolver {

        private Hidden() {}

        @Override
        public @Nullable Customer resolve(HttpServletRequest request) {
            return null;
        }
    }

    /** Fails when it is made. */
    public static final class Broken implements PrincipalCustomerResolver {

        public Broken() {
            throw new IllegalStateException("no database");
        }

        @Override
        public @Nullable Customer resolve(HttpServletRequest request) {
            return null;
        }
    }
}
