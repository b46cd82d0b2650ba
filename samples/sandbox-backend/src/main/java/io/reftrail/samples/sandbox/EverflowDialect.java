package io.reftrail.samples.sandbox;

import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.Dialect.Answer;
import io.reftrail.samples.sandbox.Dialect.Endpoint;
import io.reftrail.samples.sandbox.Dialect.Subject;
import io.reftrail.samples.sandbox.Dialect.Vendor;
import io.reftrail.samples.sandbox.Dialect.VendorCall;
import io.reftrail.samples.sandbox.Ledger.Click;
import io.reftrail.samples.sandbox.Ledger.Conversion;
import io.reftrail.samples.sandbox.SandboxBackend.SandboxSettings;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Everflow, after docs/contracts/everflow.md: tracking links of section 2, the click call and the postback of section 3, both by
 * GET. The base conversion of a transaction counts once, an event as often as it comes (section 4).
 *
 * <p>Where section 5 knows no answer: the postback is answered with an empty object, a wrong network, token or transaction with
 * 400; a click that fails has another {@code error_code} than 0 and no transaction id.
 */
@Component
final class EverflowDialect implements Dialect {

    static final String NAME = "everflow";

    private static final int ADVERTISER = 411;

    private final Vendor vendor;
    private final Settings settings;
    private final RandomIds ids;
    private final Ledger ledger;

    EverflowDialect(SandboxSettings common, Settings settings, RandomIds ids, Ledger ledger) {
        this.vendor = Vendor.withRedirect(NAME, "/everflow/links/", "_ef_transaction_id", common.partners());
        this.settings = settings;
        this.ids = ids;
        this.ledger = ledger;
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public String follow(String partner) {
        return ledger.click(NAME, partner, ids.next(32));
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/clk", CallKind.CLICK, this::click),
                Endpoint.get("/", CallKind.LEAD, this::base).where(query -> !query.containsKey("event_id")),
                Endpoint.get("/", CallKind.SALE, this::event).where(query -> query.containsKey("event_id")));
    }

    @Override
    public Set<CallKind> counts() {
        return EnumSet.of(CallKind.CLICK, CallKind.LEAD, CallKind.SALE);
    }

    @Override
    public Object errorBody(int status, String message) {
        return Map.of("error", message);
    }

    private Answer click(VendorCall call) {
        @Nullable String partner = call.parameter("affid");
        if (!settings.offerId().equals(call.parameter("oid"))
                || partner == null
                || !vendor.partners().contains(partner)) {
            return new Answer(
                    200,
                    Map.of("error_code", 1, "transaction_id", ""),
                    Verdict.REJECTED,
                    "the offer or the affiliate is unknown",
                    Subject.NOBODY);
        }
        String id = follow(partner);
        return new Answer(
                200,
                Map.of(
                        "aid",
                        ADVERTISER,
                        "error_code",
                        0,
                        "oid",
                        settings.offerId(),
                        "session_duration",
                        24,
                        "transaction_id",
                        id),
                Verdict.RECORDED,
                "click on a link of " + partner,
                new Subject(partner, null, null, id));
    }

    private Answer base(VendorCall call) {
        Optional<Click> click = clicked(call);
        return click.isEmpty()
                ? refused(call)
                : answer(
                        call,
                        ledger.count(Conversion.lead(click.get(), click.get().id(), null)),
                        null);
    }

    private Answer event(VendorCall call) {
        Optional<Click> click = clicked(call);
        @Nullable String amount = call.parameter("amount");
        Optional<Money> money = amount == null || !amount.matches("[0-9]{1,12}([.][0-9]{1,3})?")
                ? Optional.empty()
                : Money.ofMajorUnits(new BigDecimal(amount), settings.currency());
        if (click.isEmpty() || money.isEmpty() || !settings.saleEventId().equals(call.parameter("event_id"))) {
            return refused(call);
        }
        return answer(call, ledger.count(Conversion.sale(click.get(), null, money.get())), money.get());
    }

    private Optional<Click> clicked(VendorCall call) {
        @Nullable String id = call.parameter("transaction_id");
        boolean known = settings.networkId().equals(call.parameter("nid"))
                && settings.verificationToken().equals(call.parameter("verification_token"));
        return known && id != null ? ledger.find(NAME, id) : Optional.empty();
    }

    private static Answer answer(VendorCall call, Conversion.Receipt receipt, @Nullable Money money) {
        Subject subject = new Subject(null, call.parameter("adv1"), null, null)
                .referredBy(receipt.conversion().click())
                .paying(money);
        return new Answer(200, Map.of(), receipt.verdict(), receipt.why(), subject);
    }

    private Answer refused(VendorCall call) {
        String why = "the network, the token, the event, the amount or the transaction is unknown";
        Subject subject = new Subject(null, call.parameter("adv1"), null, call.parameter("transaction_id"));
        return new Answer(400, errorBody(400, why), Verdict.REJECTED, why, subject);
    }

    /** The network, its token, and the one offer. */
    @ConfigurationProperties("sandbox.everflow")
    record Settings(String networkId, String verificationToken, String offerId, String saleEventId, String currency) {}
}
