package io.reftrail.samples.sandbox.stripe;

import io.reftrail.samples.sandbox.stripe.Order.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Reads prices, coupons and orders from requests. */
@Component
final class Prices {

    private final StripeSettings settings;
    private final StripeAccount account;
    private final StripeObjects objects;

    Prices(StripeSettings settings, StripeAccount account, StripeObjects objects) {
        this.settings = settings;
        this.account = account;
        this.objects = objects;
    }

    ObjectNode createPrice(Form form) {
        form.only(
                "currency",
                "unit_amount",
                "product",
                "product_data[name]",
                "recurring[interval]",
                "recurring[interval_count]",
                "tax_behavior",
                "nickname",
                "metadata[*]");
        return account.act(() -> price(form, ""));
    }

    Order order(Form form) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; form.has("line_items[" + i + "]"); i++) {
            String line = "line_items[" + i + "]";
            ObjectNode price = form.text(line + "[price]") != null
                    ? objects.get("price", form.text(line + "[price]"))
                    : price(form, line + "[price_data]");
            long quantity = form.number(line + "[quantity]", 1);
            items.add(new Item(price, price.get("nickname").asString("Something"), quantity));
        }
        if (items.isEmpty()) {
            throw StripeProblem.required("line_items");
        }
        String currency = items.get(0).price().get("currency").asString();
        if (items.stream()
                .anyMatch(item -> !item.price().get("currency").asString().equals(currency))) {
            throw StripeProblem.invalid("line_items", "All prices on a checkout must have the same currency.");
        }
        return new Order(
                currency, items, form.flag("automatic_tax[enabled]") ? settings.taxPercent() : 0, coupon(form));
    }

    /** Reads a coupon: {@code percent-25} takes off a quarter of the first invoice. */
    private static int coupon(Form form) {
        @Nullable String coupon = form.text("discounts[0][coupon]");
        if (coupon == null) {
            return 0;
        }
        if (!coupon.matches("percent-([1-9]\\d?|100)")) {
            throw StripeProblem.missing("coupon", coupon);
        }
        return Integer.parseInt(coupon.substring("percent-".length()));
    }

    ObjectNode price(Form form, String below) {
        String currency = form.required(name(below, "currency")).toLowerCase(Locale.ROOT);
        long amount = form.number(name(below, "unit_amount"));
        if (amount < 0 || !currency.matches("[a-z]{3}")) {
            throw StripeProblem.invalid(name(below, "unit_amount"), "Not a sum of money.");
        }
        ObjectNode price = objects.create("price")
                .put("currency", currency)
                .put("unit_amount", amount)
                .put("unit_amount_decimal", Long.toString(amount))
                .put("tax_behavior", form.text(name(below, "tax_behavior"), "unspecified"))
                .put("product", form.text(name(below, "product"), objects.id("prod_")));
        price.put(
                "nickname",
                form.text(name(below, "product_data[name]"), form.text(name(below, "nickname"), "Something")));
        @Nullable String interval = form.text(name(below, "recurring[interval]"));
        if (interval != null) {
            price.put("type", "recurring");
            price.putObject("recurring")
                    .put("interval", interval)
                    .put("interval_count", form.number(name(below, "recurring[interval_count]"), 1))
                    .putNull("meter")
                    .putNull("trial_period_days")
                    .put("usage_type", "licensed");
        }
        return objects.keep(price);
    }

    /** Returns the name of a parameter inside another one: {@code a[b]} below {@code x} is {@code x[a][b]}. */
    private static String name(String below, String name) {
        if (below.isEmpty()) {
            return name;
        }
        int bracket = name.indexOf('[');
        return bracket < 0
                ? below + "[" + name + "]"
                : below + "[" + name.substring(0, bracket) + "]" + name.substring(bracket);
    }
}
