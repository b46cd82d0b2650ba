package io.reftrail.benchmarks.payments;

import io.reftrail.benchmarks.chaos.Nodes;
import io.reftrail.benchmarks.chaos.Visitor;
import io.reftrail.samples.demo.Sandbox;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A customer of the application: signs up, most by a partner's link, and pays at the payment provider once or for months. The
 * same number and seed always do the same.
 */
final class Shopper {

    /** The vendors by turns, each with a partner's link. Every tenth customer comes without one. */
    private static final List<String> LINKS = List.of("/affonso/links/leo", "/firstpromoter/links/nora");

    private static final int UNREFERRED = 10;
    private static final List<String> CURRENCIES = List.of("eur", "usd", "jpy");

    private final int number;
    private final Random random;
    private final Sandbox sandbox;

    Shopper(int number, long seed, Sandbox sandbox) {
        this.number = number;
        this.random = new Random(seed * 1_000_003 + number);
        this.sandbox = sandbox;
    }

    static String customer(int number) {
        return "customer-" + number;
    }

    static boolean isReferred(String customer) {
        return Integer.parseInt(customer.substring(customer.indexOf('-') + 1)) % UNREFERRED != 0;
    }

    void signUp(Nodes nodes) throws IOException, InterruptedException {
        Visitor visitor = new Visitor(nodes);
        visitor.land(
                isReferred(customer(number)) ? sandbox.follow(LINKS.get(number % LINKS.size())) : "utm_source=search");
        int status = visitor.signUp(customer(number), false);
        if (status != 201 && status != 409) {
            throw new IOException("a sign-up is answered " + status);
        }
    }

    /**
     * Pays, and has some of it given back.
     *
     * @param payer receives who a customer or payment of the provider is
     */
    void pay(Map<String, String> payer) throws IOException, InterruptedException {
        boolean subscribes = chance(80);
        JsonNode session = sandbox.atStripe(subscribes ? "subscribe" : "pay", purchase(subscribes));
        for (String name : List.of("customer", "payment_intent")) {
            if (session.path(name).isString()) {
                payer.put(session.path(name).asString(), customer(number));
            }
        }
        String payment = session.path("payment_intent").asString("");
        if (!session.path("payment_status").asString().equals("unpaid") || payment.isEmpty()) {
            months(session.path("subscription").asString(""));
        } else {
            sandbox.atStripe("payments/" + payment + (chance(70) ? "/arrive" : "/bounce"), "");
        }
        String at = session.path("customer").asString();
        for (JsonNode money : sandbox.paymentsAtStripe(at)) {
            giveBack(money);
        }
    }

    private String purchase(boolean subscribes) {
        ObjectNode purchase = JsonMapper.shared()
                .createObjectNode()
                .put("amount", price())
                .put("currency", CURRENCIES.get(random.nextInt(CURRENCIES.size())))
                .put("email", customer(number) + "@example.org")
                .put("automatic_tax", chance(40))
                .put("tax_behavior", chance(50) ? "inclusive" : "exclusive");
        if (chance(15)) {
            purchase.put("coupon", "percent-25");
        }
        if (subscribes && chance(15)) {
            purchase.put("trial_days", 14);
        }
        if (!subscribes && chance(30)) {
            purchase.put("means", "sepa_debit");
        }
        purchase.putObject("metadata").put("reftrail_customer", customer(number));
        return purchase.toString();
    }

    private int price() {
        return 500 + random.nextInt(20_000);
    }

    /** Renews a subscription up to five times, with other prices in between, and ends some. */
    private void months(String subscription) throws IOException, InterruptedException {
        if (subscription.isEmpty()) {
            return;
        }
        String path = "subscriptions/" + subscription;
        int renewals = random.nextInt(6);
        for (int month = 0; month < renewals; month++) {
            if (chance(20)) {
                sandbox.atStripe(path + "/upgrade?amount=" + price() + "&left=" + random.nextInt(100), "");
            }
            sandbox.atStripe(path + "/renew", "");
        }
        if (chance(25)) {
            sandbox.atStripe(path + "/cancel", "");
        }
    }

    private void giveBack(JsonNode money) throws IOException, InterruptedException {
        String path = "payments/" + Sandbox.text(money, "payment");
        boolean whole = chance(10);
        boolean half = !whole && money.path("paid").asLong() > 1 && chance(20);
        if (half) {
            sandbox.atStripe(path + "/refund?part=half", "");
        }
        if (whole || (half && chance(40))) {
            sandbox.atStripe(path + "/refund?part=rest", "");
        } else if (chance(12)) {
            JsonNode dispute = sandbox.atStripe(path + "/dispute", "");
            if (chance(80)) {
                String end = chance(50) ? "/lose" : "/win";
                sandbox.atStripe("disputes/" + Sandbox.text(dispute, "id") + end, "");
            }
        }
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
