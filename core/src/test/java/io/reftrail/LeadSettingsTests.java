package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.model.Customer;
import io.reftrail.model.CustomerField;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.ForwardingOutbox;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.UnreachableTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The settings that decide which customers are leads and which of their data is reported. */
class LeadSettingsTests extends SignInFixture {

    private static final Customer KIM = Customer.of("kim");

    @Test
    void whoeverWasThereBeforeTheCutOffIsNoLeadWheneverTheClickWas() {
        Instant yesterday = clock.instant().minus(Duration.ofDays(1));
        clock.advance(Duration.ofDays(-3));
        RecordingExchange landed = click("irw_id=i1");
        clock.advance(Duration.ofDays(3));
        reftrail(builder().leads(LeadSettings.DEFAULT.withCutOff(yesterday)));

        assertThat(reftrail()
                        .signIn(landed, KIM.withCreatedAt(yesterday.minusSeconds(1)))
                        .statuses())
                .containsValue(LeadStatus.EXISTING_CUSTOMER);
        assertThat(reftrail()
                        .signIn(landed.next(), KIM.withCreatedAt(yesterday))
                        .statuses())
                .containsValue(LeadStatus.ENQUEUED);
    }

    @Test
    void beforeTheCutOffSignInsOnlyTeachTheLedger() {
        Instant tomorrow = clock.instant().plus(Duration.ofDays(1));
        reftrail(builder().leads(LeadSettings.DEFAULT.withCutOff(tomorrow)));
        RecordingExchange landed = click("irw_id=i1");

        assertThat(reftrail().signIn(landed, KIM).statuses()).containsValue(LeadStatus.EXISTING_CUSTOMER);
        awaitKnown("kim");
        clock.setTo(tomorrow.plusSeconds(1));
        assertThat(reftrail()
                        .signIn(RecordingExchange.with(landed.cookieHeaders().get(0)), KIM)
                        .statuses())
                .containsValue(LeadStatus.EXISTING_CUSTOMER);
        assertThat(reftrail()
                        .signIn(RecordingExchange.with(landed.cookieHeaders().get(0)), Customer.of("mia"))
                        .statuses())
                .containsValue(LeadStatus.ENQUEUED);
    }

    @Test
    void theSignUpTriggerLeavesSignInsAloneAndRemembersNobody() {
        reftrail(builder().leads(LeadSettings.DEFAULT.withTrigger(LeadTrigger.SIGN_UP)));

        assertThat(reftrail().visits().reportsSignIns()).isFalse();
        assertThat(reftrail().signIn(click("irw_id=i1"), KIM).statuses()).isEmpty();
        reftrail().signIn(RecordingExchange.with(), KIM);
        reftrail().rememberSignIn(KIM);
        reftrail().close();
        assertThat(outbox.written).isEmpty();
    }

    @Test
    void everySignInIsReportedWithoutALookAtTheLedger() {
        outbox.fails = true;
        reftrail(builder().leads(LeadSettings.DEFAULT.withTrigger(LeadTrigger.EVERY_SIGN_IN)));

        assertThat(reftrail().signIn(click("irw_id=i1"), KIM).statuses()).containsValue(LeadStatus.ENQUEUED);
        assertThat(reftrail().signIn(click("irw_id=i1"), KIM).statuses()).containsValue(LeadStatus.ENQUEUED);
    }

    @Test
    void onlyTheChosenFieldsAreStored() {
        Customer known = KIM.withEmail("kim@example.org").withName("Kim").withAvatar("https://shop.example/kim.png");
        assertThat(stored(LeadSettings.DEFAULT, known)).isEqualTo(KIM.withEmail("kim@example.org"));
        assertThat(stored(LeadSettings.DEFAULT.withInclude(Set.of()), known)).isEqualTo(KIM);
        assertThat(stored(LeadSettings.DEFAULT.withInclude(EnumSet.allOf(CustomerField.class)), known))
                .isEqualTo(known);
    }

    private static Customer stored(LeadSettings settings, Customer customer) {
        List<Event> stored = new ArrayList<>();
        Outbox outbox = new ForwardingOutbox(new InMemoryOutbox()) {
            @Override
            public Enqueued enqueue(Event event) {
                stored.add(event);
                return super.enqueue(event);
            }
        };
        try (Reftrail one = Reftrail.builder()
                .backend(IntrowBackend.of("ik_secret"))
                .outbox(outbox)
                .transport(new UnreachableTransport())
                .leads(settings)
                .build()) {
            one.lead(
                    RecordingExchange.with("_introw_aff=i"),
                    LeadRequest.of(customer).with("plan", "pro"));
            Lead lead = (Lead) stored.get(0);
            assertThat(lead.metadata()).isEqualTo(Map.of("plan", "pro"));
            return lead.customer();
        }
    }
}
