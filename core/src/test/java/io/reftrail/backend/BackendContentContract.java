package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Sale;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a call must tell: enough to credit the right partner with the right event, and nothing twice. */
public abstract class BackendContentContract extends BackendCallContract {

    @Test
    void whatTheVendorCreditsByStandsInTheCall() {
        assertThat(events.typical())
                .allSatisfy(event ->
                        assertThat(sent(backend.call(event))).as(name(event)).containsAnyOf(credited(event)));
    }

    /** A lead is credited by its click and a click by its code; some vendors know a sale by the customer alone. */
    private static String[] credited(Event event) {
        List<String> known = new ArrayList<>(event.attribution().details().values());
        switch (event.type()) {
            case CLICK -> known.add(((Click) event).code());
            case LEAD -> known.add(event.attribution().requireClickId());
            case SALE -> known.addAll(List.of(event.attribution().requireClickId(), ((Sale) event).customerId()));
            case REFUND -> known.add("");
            case TRIAL, CANCELLATION -> known.add(String.valueOf(event.customerId()));
        }
        return known.toArray(String[]::new);
    }

    private static String sent(HttpCall call) {
        return call.uri() + "\n" + call.body();
    }

    @Test
    void anotherEventIsAnotherCall() {
        assertThat(events.typical()).allSatisfy(event -> OtherEvents.of(event).forEach((what, other) -> {
            if (isToldApart(event.type(), what) && backend.outcomeWithoutCall(other) == null) {
                assertThat(sent(backend.call(other)))
                        .as("a " + name(event) + " with another " + what)
                        .isNotEqualTo(sent(backend.call(event)));
            }
        }));
    }

    /** A vendor that receives a lead and later its confirmation must be able to distinguish them. */
    @Test
    void aConfirmationIsACallOfItsOwn() {
        if (backend.defersLeads()) {
            Lead lead = events.lead();
            Lead confirmation = lead.confirming();
            assertThat(backend.outcomeWithoutCall(confirmation)).isNull();
            assertThat(sent(backend.call(confirmation))).isNotEqualTo(sent(backend.call(lead)));
            assertWellFormed(confirmation);
            assertWellFormed(((Lead) events.bare(Event.Type.LEAD)).confirming());
            Lead other = OtherEvents.otherCustomer(lead).confirming();
            assertThat(sent(backend.call(other))).isNotEqualTo(sent(backend.call(confirmation)));
            HostileEvents.TEXTS.forEach(text ->
                    HostileEvents.of(lead, text).forEach(hostile -> assertWellFormed(((Lead) hostile).confirming())));
        }
    }

    /** What is minimised is stored and sent in place of the click, so it must still be that click. */
    @Test
    void aClickIsTheSameWithLessOfIt() {
        if (backend.reports().contains(Event.Type.CLICK)) {
            assertMinimised(events.click());
            assertMinimised((Click) events.bare(Event.Type.CLICK));
            HostileEvents.TEXTS.forEach(text ->
                    HostileEvents.of(events.click(), text).forEach(hostile -> assertMinimised((Click) hostile)));
            Click minimised = backend.redact(events.click());
            assertThat(backend.outcomeWithoutCall(minimised)).isNull();
            assertThat(sent(backend.call(minimised))).contains(minimised.code());
        }
    }

    private void assertMinimised(Click click) {
        Click minimised = backend.redact(click);
        assertThat(minimised.attribution()).isEqualTo(click.attribution());
        assertThat(minimised.code()).isEqualTo(click.code());
        assertThat(minimised.occurredAt()).isEqualTo(click.occurredAt());
        assertThat(backend.redact(minimised)).as("minimised again").isEqualTo(minimised);
        assertWellFormed(minimised);
    }

    /** What is not sent has ended, one way or the other: there is nobody to ask again. */
    @Test
    void whatIsNotSentIsSettled() {
        List<Event> all = new ArrayList<>(events.typical());
        all.addAll(events.bare());
        for (String text : HostileEvents.TEXTS) {
            events.typical().forEach(event -> HostileEvents.of(event, text).forEach(all::add));
        }
        if (backend.reports().contains(Event.Type.SALE)) {
            for (Money amount : HostileEvents.AMOUNTS) {
                all.add(events.sale(amount));
            }
        }
        all.addAll(events.unsent());
        assertThat(all).allSatisfy(event -> {
            Outcome outcome = backend.outcomeWithoutCall(event);
            if (outcome != null) {
                assertThat(outcome.verdict().isFinal()).as(name(event)).isTrue();
                assertThat(outcome.reason()).as(name(event)).isNotBlank();
            }
        });
        assertThat(events.unsent()).allSatisfy(event -> assertThat(backend.outcomeWithoutCall(event))
                .as(name(event))
                .isNotNull());
    }
}
