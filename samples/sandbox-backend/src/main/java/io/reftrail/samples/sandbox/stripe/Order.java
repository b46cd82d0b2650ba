package io.reftrail.samples.sandbox.stripe;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a customer orders, and under which conditions; what it costs. Amounts are in the smallest unit of the currency.
 *
 * @param taxPercent the rate of the tax that is collected, 0 for none
 * @param percentOff what a coupon takes off, 0 for no coupon
 */
record Order(String currency, List<Item> items, int taxPercent, int percentOff) {

    Order {
        items = List.copyOf(items);
    }

    /** Returns the order of a later invoice: a coupon counts once. */
    Order renewed() {
        return new Order(currency, items, taxPercent, 0);
    }

    /** Returns the order of a product at another price. */
    Order with(Item item) {
        return new Order(currency, List.of(item), taxPercent, percentOff);
    }

    /** Returns a position for each item and for a period of time. */
    List<Position> positions(Period period) {
        return items.stream()
                .map(item -> new Position(item, item.amount(), item.text(), period, false))
                .toList();
    }

    /** Returns the positions of a trial, which cost nothing. */
    List<Position> trial(Period period) {
        return items.stream()
                .map(item -> new Position(item, 0, "Trial period for " + item.name(), period, false))
                .toList();
    }

    /** Returns what a position costs after discount, with its tax. */
    Sum sum(Position position) {
        long discount = rounded(position.amount() * percentOff, 100);
        long rest = position.amount() - discount;
        if (position.item().taxInclusive()) {
            long taxable = rounded(rest * 100, 100 + taxPercent);
            return new Sum(position.amount(), discount, rest - taxable, rest);
        }
        long tax = rounded(rest * taxPercent, 100);
        return new Sum(position.amount(), discount, tax, rest + tax);
    }

    Sum sum(List<Position> positions) {
        return positions.stream().map(this::sum).reduce(new Sum(0, 0, 0, 0), Sum::plus);
    }

    /** Returns a quotient, rounded half up. */
    private static long rounded(long dividend, long divisor) {
        return Math.floorDiv(2 * dividend + divisor, 2 * divisor);
    }

    /** A number of one price. */
    record Item(ObjectNode price, String name, long quantity) {

        long amount() {
            return price.get("unit_amount").asLong() * quantity;
        }

        boolean taxInclusive() {
            return price.get("tax_behavior").asString().equals("inclusive");
        }

        boolean recurring() {
            return price.get("recurring").isObject();
        }

        String text() {
            return quantity + " × " + name;
        }

        /** Returns the time that one payment of a recurring price pays for. */
        Period from(long start) {
            return Period.of(
                    start,
                    price.at("/recurring/interval").asString("month"),
                    price.at("/recurring/interval_count").asInt(1));
        }
    }

    /** A line of an invoice. */
    record Position(Item item, long amount, String text, Period period, boolean prorated) {

        /** Returns what is charged, or given back, for the rest of a period in which a price has changed. */
        static Position prorated(Item item, int percentLeft, boolean given, Period rest) {
            long share = rounded(item.amount() * percentLeft, 100);
            return new Position(
                    item,
                    given ? -share : share,
                    (given ? "Unused time on " : "Remaining time on ") + item.name(),
                    rest,
                    true);
        }
    }

    /**
     * The sum of one or more positions.
     *
     * @param subtotal before discount, with the tax of prices that include it
     * @param total with tax
     */
    record Sum(long subtotal, long discount, long tax, long total) {

        Sum plus(Sum other) {
            return new Sum(subtotal + other.subtotal, discount + other.discount, tax + other.tax, total + other.total);
        }
    }

    /** A time, in seconds since the epoch. */
    record Period(long start, long end) {

        static Period of(long start, @Nullable String interval, int count) {
            var from = Instant.ofEpochSecond(start).atOffset(ZoneOffset.UTC);
            var to =
                    switch (interval == null ? "month" : interval) {
                        case "day" -> from.plusDays(count);
                        case "week" -> from.plusWeeks(count);
                        case "year" -> from.plusYears(count);
                        default -> from.plusMonths(count);
                    };
            return new Period(start, to.toEpochSecond());
        }

        static Period moment(long at) {
            return new Period(at, at);
        }
    }
}
