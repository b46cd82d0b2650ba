package io.reftrail.benchmarks.payments;

import io.reftrail.samples.demo.Sandbox;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The money of each customer in each currency, as the payment provider has it and as the vendors have it, in the currency's
 * smallest unit and without tax.
 */
record Books(Map<Account, Money> provider, Map<Account, Money> vendors) {

    Books {
        provider = Map.copyOf(provider);
        vendors = Map.copyOf(vendors);
    }

    /** A customer's money in a currency. */
    record Account(String customer, String currency) implements Comparable<Account> {

        @Override
        public int compareTo(Account other) {
            int customers = customer.compareTo(other.customer);
            return customers == 0 ? currency.compareTo(other.currency) : customers;
        }
    }

    /**
     * What was paid and stays paid.
     *
     * @param sales the number of payments
     * @param amount their sum, without what was given back
     */
    record Money(int sales, long amount) {

        static final Money NONE = new Money(0, 0);

        Money plus(Money other) {
            return new Money(sales + other.sales, amount + other.amount);
        }
    }

    /**
     * Reads the books.
     *
     * @param payments the provider's payments, as the sandbox shows them
     * @param calls the calls that the vendors have received
     * @param payer returns the application's customer of a customer or payment of the provider
     * @param referred whether a partner has referred a customer
     */
    static Books read(JsonNode payments, List<JsonNode> calls, Map<String, String> payer, Predicate<String> referred) {
        Map<Account, Money> provider = new HashMap<>();
        for (JsonNode payment : payments) {
            String customer = payer.get(Sandbox.text(payment, "customer"));
            if (customer == null) {
                customer = payer.getOrDefault(Sandbox.text(payment, "payment"), "unknown");
            }
            if (referred.test(customer)) {
                provider.merge(account(customer, payment), left(payment), Money::plus);
            }
        }
        Map<String, String> customers = new HashMap<>();
        calls.forEach(call -> {
            if (call.path("customer").isString() && call.path("clickId").isString()) {
                customers.put(Sandbox.text(call, "clickId"), Sandbox.text(call, "customer"));
            }
        });
        Map<Account, Money> vendors = new HashMap<>();
        for (JsonNode call : calls) {
            String kind = Sandbox.text(call, "kind");
            boolean sale = kind.equals("sale");
            if (Sandbox.isRecorded(call) && (sale || kind.equals("refund"))) {
                String customer = call.path("customer").isString()
                        ? Sandbox.text(call, "customer")
                        : customers.getOrDefault(Sandbox.text(call, "clickId"), "unknown");
                long amount = call.path("amount").asLong();
                vendors.merge(
                        account(customer, call), sale ? new Money(1, amount) : new Money(0, -amount), Money::plus);
            }
        }
        return new Books(provider, vendors);
    }

    private static Account account(String customer, JsonNode money) {
        return new Account(customer, Sandbox.text(money, "currency").toUpperCase(Locale.ROOT));
    }

    /**
     * Returns what is left of a payment, without tax. If the customer's balance has covered a part of an invoice, the payment
     * holds the same part of the tax; and a refund of a part gives the same part of the tax back.
     */
    static Money left(JsonNode payment) {
        long paid = payment.path("paid").asLong();
        long total = payment.path("total").asLong();
        long tax = share(payment.path("tax").asLong(), Math.min(paid, total), total);
        long given = Math.min(
                paid, payment.path("refunded").asLong() + payment.path("lost").asLong());
        long net = paid - tax;
        return net <= 0 ? Money.NONE : new Money(1, net - share(net, given, paid));
    }

    /** Returns {@code amount * part / whole}, rounded half up. */
    private static long share(long amount, long part, long whole) {
        BigInteger twice = BigInteger.valueOf(amount).multiply(BigInteger.valueOf(2 * part));
        return twice.add(BigInteger.valueOf(whole))
                .divide(BigInteger.valueOf(2 * whole))
                .longValueExact();
    }

    /** Returns the accounts that differ, each with what the provider has and what the vendors have. */
    Map<Account, List<Money>> differences() {
        Map<Account, List<Money>> differences = new TreeMap<>();
        TreeSet<Account> all = new TreeSet<>(provider.keySet());
        all.addAll(vendors.keySet());
        for (Account account : all) {
            Money owed = provider.getOrDefault(account, Money.NONE);
            Money had = vendors.getOrDefault(account, Money.NONE);
            if (!owed.equals(had)) {
                differences.put(account, List.of(owed, had));
            }
        }
        return differences;
    }

    /** Returns the sums of each currency. */
    static Map<String, Money> totals(Map<Account, Money> side) {
        Map<String, Money> totals = new TreeMap<>();
        side.forEach((account, money) -> totals.merge(account.currency(), money, Money::plus));
        return totals;
    }
}
