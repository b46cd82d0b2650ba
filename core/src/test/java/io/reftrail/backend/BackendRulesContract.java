package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.model.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a backend says of itself: its name, how clicks arrive, what it reports, and what a checkout carries. */
public abstract class BackendRulesContract extends TrackingBackendContract {

    /** RFC 9110, section 5.6.2; a cookie's name is one (RFC 6265, section 4.1.1). */
    static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /** Stripe takes keys of 40 characters. */
    private static final String METADATA_KEY = "[A-Za-z][A-Za-z0-9_]{0,39}";

    @Test
    void theNameIsLowerCaseLettersAndDigits() {
        assertThat(backend.name()).matches("[a-z0-9]+");
        assertThat(backend("http://localhost:8099/" + backend.name()).name()).isEqualTo(backend.name());
    }

    @Test
    void theRulesAreItsOwnAndValid() {
        assertThat(backend.captureRules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.backend()).isEqualTo(backend.name());
            assertThat(rule.window()).isPositive();
            assertThat(rule.maxLength()).isPositive();
            assertThat(Stream.concat(rule.parameters().stream(), rule.forwarded().stream()))
                    .allSatisfy(name -> assertThat(name).matches("[!-~&&[^&=#+%]]+"))
                    .doesNotHaveDuplicates();
            assertThat(cookies(rule))
                    .allSatisfy(name -> assertThat(name).matches(TOKEN).doesNotStartWith("_reftrail_"));
        });
    }

    private static List<String> cookies(CaptureRule rule) {
        List<String> names = new ArrayList<>(List.of(rule.cookie()));
        if (rule.landingCookie() != null) {
            names.add(rule.landingCookie());
        }
        return names;
    }

    @Test
    void whatIsCapturedAsACodeIsReportedAsAClick() {
        if (backend.captureRules().stream().anyMatch(rule -> rule.meaning() != Meaning.CLICK_ID)) {
            assertThat(backend.reports()).contains(Event.Type.CLICK);
        }
    }

    @Test
    void itReportsSomethingUnderAName() {
        assertThat(backend.reports()).isNotEmpty();
        assertThat(backend.leadEventName()).isNotBlank();
    }

    @Test
    void eachEventIsTriedForASpanThatEnds() {
        assertThat(Stream.concat(events.typical().stream(), events.bare().stream()))
                .allSatisfy(event -> assertThat(backend.deliveryTimeout(event))
                        .as(name(event))
                        .isPositive()
                        .isLessThanOrEqualTo(Duration.ofDays(90)));
    }

    /** A limit is kept by all processes together, and one that lets an event wait beyond its time lets none through. */
    @Test
    void theLimitIsOneAndLetsEventsThrough() {
        RateLimit limit = backend.rateLimit();
        assertThat(backend.rateLimit()).isEqualTo(limit);
        assertThat(backend(BASE_URL).rateLimit()).isEqualTo(limit);
        if (limit != null) {
            assertThat(events.typical())
                    .allSatisfy(event -> assertThat(limit.per().dividedBy(limit.calls()))
                            .isLessThan(backend.deliveryTimeout(event)));
        }
    }

    @Test
    void aCheckoutCarriesTheClickOrNothing() {
        CheckoutMetadata checkout = backend.checkoutMetadata(events.attribution(), KitEvents.CUSTOMER_ID);

        assertAcceptable(checkout);
        List<String> values = new ArrayList<>(checkout.metadata().values());
        Stream.ofNullable(checkout.clientReferenceId()).forEach(values::add);
        assertThat(values.isEmpty() || values.stream().anyMatch(value -> value.contains(KitEvents.CLICK_ID)))
                .as("the click id is in it, or it is empty")
                .isTrue();
        assertThat(values).noneMatch(value -> value.contains(SECRET));
    }

    private static void assertAcceptable(CheckoutMetadata checkout) {
        assertThat(checkout.metadata().keySet())
                .allSatisfy(key -> assertThat(key).matches(METADATA_KEY));
        assertThat(checkout.metadata().values())
                .allSatisfy(value -> assertThat(value).hasSizeBetween(1, 500));
        assertThat(Stream.ofNullable(checkout.clientReferenceId()))
                .allSatisfy(reference -> assertThat(reference).matches("[A-Za-z0-9_-]{1,200}"));
    }

    @Test
    void aCheckoutOfAHostileCustomerIsNoFailure() {
        assertThat(HostileEvents.TEXTS).allSatisfy(text -> {
            assertAcceptable(backend.checkoutMetadata(events.attribution().withClickId(text), "1"));
            assertAcceptable(backend.checkoutMetadata(events.attribution(), text));
        });
    }
}
