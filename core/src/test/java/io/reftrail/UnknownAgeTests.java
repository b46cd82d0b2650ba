package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.LeadSettings.UnknownAge;
import io.reftrail.model.Customer;
import io.reftrail.testing.RecordingExchange;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Customers whose age is unknown, while such leads are held. */
class UnknownAgeTests extends SignInFixture {

    private static final Customer KIM = Customer.of("kim");

    private static final LeadSettings HOLD = LeadSettings.DEFAULT.withUnknownAge(UnknownAge.HOLD);

    private static final Map<String, LeadStatus> HELD = Map.of("introw", LeadStatus.AGE_UNKNOWN);

    private static final Map<String, LeadStatus> REPORTED = Map.of("introw", LeadStatus.ENQUEUED);

    @BeforeEach
    void hold() {
        reftrail(builder().leads(HOLD));
    }

    private Map<String, LeadStatus> signIn(RecordingExchange visitor, Customer customer) {
        return reftrail().signIn(visitor, customer).statuses();
    }

    @Test
    void areNotReportedAndKeepTheCookie() {
        RecordingExchange landed = click("irw_id=i1");
        later();
        assertThat(signIn(landed, KIM)).isEqualTo(HELD);
        assertThat(landed.setCookies()).isEmpty();
        assertThat(heard).containsExactly("introw AGE_UNKNOWN");
        assertThat(reftrail().operations().holdsUnknownAge()).isTrue();
    }

    @Test
    void areNotReportedAtALaterSignInEither() {
        RecordingExchange landed = click("irw_id=i1");
        later();
        signIn(landed, KIM);
        awaitKnown("kim");
        later();
        assertThat(signIn(landed.next(), KIM)).isEqualTo(HELD);
    }

    @Test
    void areExistingCustomersIfTheySignedInBeforeTheClick() {
        signsIn(KIM);
        later();
        assertThat(signIn(click("irw_id=i1"), KIM)).isEqualTo(Map.of("introw", LeadStatus.EXISTING_CUSTOMER));
    }

    @Test
    void areReportedAtTheNextSignInOnceExistingCustomersAreSeeded() {
        Customer old = Customer.of("old");
        RecordingExchange landed = click("irw_id=i1");
        RecordingExchange oldLanded = click("irw_id=i2");
        later();
        signIn(landed, KIM);
        signIn(oldLanded, old);
        awaitKnown("kim");
        awaitKnown("old");

        reftrail().seed(Stream.of(old));
        assertThat(reftrail().operations().holdsUnknownAge()).isFalse();
        assertThat(signIn(oldLanded.next(), old)).isEqualTo(Map.of("introw", LeadStatus.EXISTING_CUSTOMER));
        assertThat(signIn(landed.next(), KIM)).isEqualTo(REPORTED);
    }

    @Test
    void areReportedIfAnotherProcessHasSeededAnApplicationWithoutCustomers() {
        try (Reftrail other = builder().leads(HOLD).build()) {
            other.seed(Stream.empty());
            RecordingExchange landed = click("irw_id=i1");
            later();
            assertThat(signIn(landed, KIM)).isEqualTo(REPORTED);
        }
    }

    @Test
    void areReportedWhereThereIsACutOff() {
        LeadSettings settings = HOLD.withCutOff(clock.instant().minus(Duration.ofDays(1)));
        try (Reftrail other = builder().leads(settings).build()) {
            assertThat(other.operations().holdsUnknownAge()).isFalse();
            assertThat(other.signIn(click("irw_id=i1"), KIM).statuses()).isEqualTo(REPORTED);
        }
    }

    @Test
    void areReportedByTheApplicationItself() {
        RecordingExchange landed = click("irw_id=i1");
        later();
        assertThat(reftrail().lead(landed, KIM).statuses()).isEqualTo(REPORTED);
    }

    @Test
    void customersOfKnownAgeAreReported() {
        RecordingExchange landed = click("irw_id=i1");
        later();
        assertThat(signIn(landed, KIM.withCreatedAt(clock.instant()))).isEqualTo(REPORTED);
    }
}
