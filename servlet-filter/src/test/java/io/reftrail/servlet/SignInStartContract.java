package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.model.Customer;
import io.reftrail.servlet.StubBackend.Call;
import jakarta.servlet.http.HttpServletRequest;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The resolver that the init-param of the filter names. */
class SignInStartContract extends SigningInContract {

    @Test
    void aResolverIsMadeByItsName() {
        serve(pages(new WebApp(ReferralCaptureFilter.builder(own).build())
                .behind(new SignInFilter(), "customer-resolver", Customers.class.getName())
                .secured(Security.OWN)));
        visitor.visit("/?irw_id=one");

        visitor.submit("/in", "name=kim");

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
                "java.lang.String                | is no PrincipalCustomerResolver. Let it implement io.reftrail.servlet.Princ",
                "io.reftrail.servlet.SignInStartContract$Hidden | Let it be a public class with a public constructor",
                "io.reftrail.servlet.SignInStartContract$Broken | could not be created"
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
