package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.affihub.AffihubBackend;
import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.backend.internal.ApiKey;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.capture.AttributionCookies;
import io.reftrail.capture.CaptureListener;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.CookieSettings;
import io.reftrail.capture.ReferralCapture;
import io.reftrail.capture.ReferralCapture.ClickModel;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Payment;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A logged value contains no personal data and no key. */
class SecrecyTests {

    private static final String KEY = "Key-7001";
    private static final String CLICK = "Click-7002";
    private static final String ID = "Id-7003";
    private static final String EMAIL = "email-7004@example.org";
    private static final String NAME = "Name-7005";
    private static final String METADATA = "Metadata-7006";
    private static final String TOKEN = "Token-7007";

    static Stream<Object> values() {
        Instant now = Instant.parse("2026-03-01T10:15:30Z");
        Attribution attribution = new Attribution("introw", CLICK, now);
        Customer customer = Customer.of(ID).withEmail(EMAIL).withName(NAME).withCreatedAt(now);
        Lead lead = Lead.of(attribution, customer, "Sign Up", now).withMetadata(Map.of(METADATA, METADATA));
        IntrowBackend introw = IntrowBackend.of(KEY);
        RefportBackend refport = RefportBackend.of(KEY);
        HttpReply echo = new HttpReply(200, TOKEN, "{\"email\":\"" + EMAIL + "\"}", now);
        return Stream.of(
                attribution,
                customer,
                lead,
                lead.repeatable(),
                new ApiKey("introw", KEY),
                introw,
                refport,
                introw.call(lead),
                refport.call(lead),
                echo,
                introw.outcome(lead, echo),
                refport.outcome(lead, echo),
                new Claim("1", "1", lead, 0, Duration.ZERO),
                new Settlement.Done(introw.outcome(lead, echo)),
                captured());
    }

    /** Every backend with every event, what it would send and what it makes of an answer that echoes the person. */
    static Stream<Object> journeys() {
        return Stream.of(
                        AffitorBackend.builder(KEY).programId("12").build(),
                        AffonsoBackend.of(KEY, "prg_1"),
                        AffihubBackend.of("prog_1"),
                        DubBackend.builder(KEY).domain("go.shop.example").build(),
                        IntrowBackend.builder(KEY)
                                .conversion(IntrowBackend.Conversion.SALE)
                                .build(),
                        RefportBackend.of(KEY))
                .flatMap(backend -> Stream.concat(
                        Stream.of(backend, backend.captureRules(), backend.checkoutMetadata(attribution(backend), ID)),
                        events(backend)
                                .filter(event -> backend.reports().contains(event.type()))
                                .flatMap(event -> told(backend, event))));
    }

    private static Stream<Object> told(TrackingBackend backend, Event event) {
        Stream<Outcome> outcomes = Stream.of(200, 201, 400, 401, 403, 404, 409, 422, 429, 500)
                .flatMap(status -> Stream.of("true", "false")
                        .map(success -> backend.outcome(event, Replies.reply(status, echo(success), TOKEN))));
        return Stream.concat(
                Stream.of(event, backend.call(event), Optional.ofNullable(backend.outcomeWithoutCall(event))),
                outcomes);
    }

    private static String echo(String success) {
        return ("{'success':" + success + ",'status':'NAME','message':'EMAIL','error':'EMAIL','code':'NAME',"
                        + "'click_id':'CLICK','clickId':'CLICK','link':{'id':'CLICK'},'sale':null,"
                        + "'data':{'id':'CLICK','status':'EMAIL'},'provisional':true,'commission_id':null}")
                .replace('\'', '"')
                .replace("EMAIL", EMAIL)
                .replace("NAME", NAME)
                .replace("CLICK", CLICK);
    }

    private static Attribution attribution(TrackingBackend backend) {
        return new Attribution(backend.name(), CLICK, Journeys.NOW, TOKEN, Map.of("conversion", "com_1"));
    }

    private static Stream<Event> events(TrackingBackend backend) {
        Attribution click = attribution(backend);
        Customer customer = Customer.of(ID).withEmail(EMAIL).withName(NAME);
        Payment payment = Payment.of(ID, TOKEN, Journeys.euros("29")).withMetadata(Map.of(METADATA, METADATA));
        return Stream.of(
                new Click(
                        click, TOKEN, "https://a.example/" + NAME, EMAIL, NAME, ID, Map.of("sub1", NAME), Journeys.NOW),
                Lead.of(click, customer, "Sign Up", Journeys.NOW).withMetadata(Map.of(METADATA, METADATA)),
                Lead.of(click.with(Attribution.COOKIE, TOKEN), customer, "Sign Up", Journeys.NOW),
                Sale.of(click, payment, "Sign Up", Journeys.NOW),
                Refund.of(click, ID, TOKEN, TOKEN, null, NAME, Journeys.NOW));
    }

    private static CapturedQuery captured() {
        ReferralCapture capture = new ReferralCapture(
                IntrowBackend.of(KEY).captureRules(),
                new AttributionCookies(CookieSettings.DEFAULT),
                ClickModel.LAST_CLICK,
                CaptureListener.NONE,
                Clock.systemUTC());
        CapturedQuery query = capture.read("irw_id=" + CLICK + "&reset=" + TOKEN);
        assertThat(query).isNotNull();
        return query;
    }

    @ParameterizedTest
    @MethodSource({"values", "journeys"})
    void noToStringTellsAnything(Object value) {
        assertThat(List.of(value.toString(), String.valueOf(List.of(value))))
                .allSatisfy(text -> assertThat(text).doesNotContain(KEY, CLICK, ID, EMAIL, NAME, METADATA, TOKEN));
    }

    @Test
    void aCallStillSaysWhereItGoes() {
        assertThat(IntrowBackend.of(KEY).call(Leads.lead(IntrowBackend.of(KEY), CLICK, Customer.of(ID))))
                .hasToString("POST https://api.introw.io");
    }
}
