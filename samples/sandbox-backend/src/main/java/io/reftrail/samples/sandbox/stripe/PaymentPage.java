package io.reftrail.samples.sandbox.stripe;

import io.reftrail.samples.sandbox.stripe.Checkouts.Means;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The page where a visitor pays an open session. It works without scripts. Stripe's test cards are known: any number pays,
 * except 4000 0000 0000 0002, which is declined.
 */
@RestController
class PaymentPage {

    private static final String DECLINED = "4000000000000002";
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final StripeAccount account;
    private final Checkouts checkouts;
    private final String page;
    private final String donePage;

    PaymentPage(StripeAccount account, Checkouts checkouts) throws IOException {
        this.account = account;
        this.checkouts = checkouts;
        this.page = new ClassPathResource("sandbox/stripe/pay.html").getContentAsString(StandardCharsets.UTF_8);
        this.donePage = new ClassPathResource("sandbox/stripe/done.html").getContentAsString(StandardCharsets.UTF_8);
    }

    @GetMapping("/stripe/pay/{id}")
    ResponseEntity<String> show(@PathVariable String id) {
        return show(id, 200, "");
    }

    private ResponseEntity<String> show(String id, int status, String problem) {
        ObjectNode session = account.read(all -> all.find("checkout.session", id))
                .map(ObjectNode::deepCopy)
                .orElse(null);
        if (session == null || !session.get("status").asString().equals("open")) {
            String back = session == null ? "/" : session.get("success_url").asString();
            return html(
                    session == null ? 404 : 410,
                    donePage,
                    Map.of("back", back.replace("{CHECKOUT_SESSION_ID}", id)),
                    back);
        }
        return html(
                status,
                page,
                values(session, problem),
                session.get("success_url").asString());
    }

    private Map<String, String> values(ObjectNode session, String problem) {
        boolean subscription = session.get("mode").asString().equals("subscription");
        String currency = session.get("currency").asString();
        long total = session.get("amount_total").asLong();
        JsonNode details = session.get("total_details");
        Map<String, String> values = new LinkedHashMap<>();
        values.put("product", checkouts.product(session.get("id").asString()));
        values.put("total", money(total, currency));
        values.put("subtotal", money(session.get("amount_subtotal").asLong(), currency));
        values.put("tax", money(details.get("amount_tax").asLong(), currency));
        values.put("hasTax", shown(details.get("amount_tax").asLong() != 0));
        values.put("discount", money(-details.get("amount_discount").asLong(), currency));
        values.put("hasDiscount", shown(details.get("amount_discount").asLong() != 0));
        values.put("what", subscription ? "Subscribe to" : "Pay for");
        values.put(
                "interval", subscription ? checkouts.interval(session.get("id").asString()) : "");
        values.put(
                "button", !subscription ? "Pay " + money(total, currency) : total == 0 ? "Start trial" : "Subscribe");
        values.put("once", shown(!subscription));
        values.put("email", session.get("customer_email").asString(""));
        values.put("back", session.get("cancel_url").asString(""));
        values.put("hasBack", shown(session.get("cancel_url").isString()));
        values.put("problem", problem);
        values.put("hasProblem", shown(!problem.isEmpty()));
        return values;
    }

    private static String shown(boolean shown) {
        return shown ? "" : "hidden";
    }

    @PostMapping("/stripe/pay/{id}")
    ResponseEntity<String> pay(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String number,
            @RequestParam(defaultValue = "card") String means) {
        Means chosen = means.equals("sepa_debit")
                ? Means.SEPA_DEBIT
                : number.replaceAll("\\D", "").equals(DECLINED) ? Means.DECLINED_CARD : Means.CARD;
        ObjectNode session;
        try {
            session = checkouts.pay(id, chosen, blankToNull(email), blankToNull(name));
        } catch (StripeProblem problem) {
            return show(id, problem.status(), String.valueOf(problem.getMessage()));
        }
        if (chosen == Means.DECLINED_CARD) {
            return show(id, 402, "Your card was declined. Try another one.");
        }
        String next = session.get("success_url").asString().replace("{CHECKOUT_SESSION_ID}", id);
        return ResponseEntity.status(303).header(HttpHeaders.LOCATION, next).build();
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text.strip();
    }

    /** Fills a page. Chromium applies {@code form-action} to the redirect after the form too. */
    private static ResponseEntity<String> html(int status, String page, Map<String, String> values, String next) {
        String filled = page;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{{" + value.getKey() + "}}", HtmlUtils.htmlEscape(value.getValue(), "UTF-8"));
        }
        URI target = URI.create(next.replaceAll("[?#].*", ""));
        String origin = target.getHost() == null ? "" : " " + target.getScheme() + "://" + target.getRawAuthority();
        return ResponseEntity.status(status)
                .contentType(HTML)
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; "
                                + "form-action 'self'" + origin)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(filled);
    }

    /** Returns a sum as text, such as €29.00, or in the smallest unit if Java does not know the currency. */
    static String money(long amount, String currency) {
        try {
            Currency known = Currency.getInstance(currency.toUpperCase(Locale.ROOT));
            NumberFormat format = NumberFormat.getCurrencyInstance(Locale.UK);
            int digits = Math.max(0, known.getDefaultFractionDigits());
            format.setCurrency(known);
            format.setMinimumFractionDigits(digits);
            format.setMaximumFractionDigits(digits);
            return format.format(BigDecimal.valueOf(amount, digits));
        } catch (IllegalArgumentException unknown) {
            return amount + " " + currency.toUpperCase(Locale.ROOT);
        }
    }
}
