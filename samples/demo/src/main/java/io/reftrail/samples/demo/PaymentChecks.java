package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import io.reftrail.samples.demo.VendorJourney.Vendor;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Subscriptions at the payment provider: what a vendor has in the end, however the provider's events arrive. */
final class PaymentChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The vendors that take back a part of a sale. */
    private static final Set<String> VENDORS = Set.of("affitor", "affonso");

    private final RunningDemo demo;
    private final Sandbox sandbox;
    private final Steps steps;

    PaymentChecks(RunningDemo demo, Sandbox sandbox, Steps steps) {
        this.demo = demo;
        this.sandbox = sandbox;
        this.steps = steps;
    }

    void walk() throws IOException, InterruptedException, Steps.Failure {
        for (Vendor vendor : Vendor.ALL) {
            if (VENDORS.contains(vendor.name())) {
                oneByOne(vendor);
                duplicated(vendor);
                inTheWrongOrder(vendor);
            }
            if (vendor.receives().contains("trial")) {
                trial(vendor);
            }
            if (vendor.receives().contains("cancellation")) {
                cancellation(vendor);
            }
        }
    }

    private void trial(Vendor vendor) throws IOException, InterruptedException, Steps.Failure {
        step(vendor, "a trial is a trial, and the payment after it a sale", () -> {
            Payer payer = new Payer(vendor, "trying");
            payer.arrive();
            payer.tryOut();
            payer.awaitRecorded("trial");
            require(payer.atVendor().equals(new Money(0, 0, 0)), "a sale of a trial: " + payer.atVendor());
            payer.renew();
            return payer.await(new Money(1, 2_900, 0));
        });
    }

    private void cancellation(Vendor vendor) throws IOException, InterruptedException, Steps.Failure {
        step(vendor, "the end of a subscription is a cancellation", () -> {
            Payer payer = new Payer(vendor, "leaving");
            payer.arrive();
            sandbox.deliverPaymentEvents("twice");
            payer.subscribe();
            payer.awaitRecorded("sale");
            payer.cancel();
            return payer.awaitRecorded("cancellation");
        });
        sandbox.deliverPaymentEvents("once");
    }

    private void oneByOne(Vendor vendor) throws IOException, InterruptedException, Steps.Failure {
        Payer payer = new Payer(vendor, "in-order");
        step(vendor, "a subscription is a sale", () -> {
            payer.arrive();
            payer.subscribe();
            return payer.await(new Money(1, 2_900, 0));
        });
        step(vendor, "its renewal is a second sale", () -> {
            payer.renew();
            return payer.await(new Money(2, 5_800, 0));
        });
        step(vendor, "a refund of half a payment is a refund", () -> {
            payer.refundHalf();
            return payer.await(new Money(2, 5_800, 1_450));
        });
    }

    private void duplicated(Vendor vendor) throws IOException, InterruptedException, Steps.Failure {
        step(vendor, "events that arrive twice end alike", () -> {
            Payer payer = new Payer(vendor, "twice");
            payer.arrive();
            sandbox.deliverPaymentEvents("twice");
            payer.subscribe();
            payer.renew();
            payer.refundHalf();
            return payer.await(new Money(2, 5_800, 1_450));
        });
        sandbox.deliverPaymentEvents("once");
    }

    private void inTheWrongOrder(Vendor vendor) throws IOException, InterruptedException, Steps.Failure {
        step(vendor, "events in the wrong order end alike", () -> {
            Payer payer = new Payer(vendor, "reversed");
            payer.arrive();
            sandbox.deliverPaymentEvents("held");
            payer.subscribe();
            payer.renew();
            payer.refundHalf();
            require(payer.atVendor().equals(new Money(0, 0, 0)), "reported before any event: " + payer.atVendor());
            sandbox.deliverPaymentEvents("reversed");
            return payer.await(new Money(2, 5_800, 1_450));
        });
        sandbox.deliverPaymentEvents("once");
    }

    private void step(Vendor vendor, String name, Steps.Step step)
            throws IOException, InterruptedException, Steps.Failure {
        steps.step(vendor.name() + ": " + name, step);
    }

    /**
     * What a vendor has recorded of one customer, in cents.
     *
     * @param sales how many
     */
    record Money(int sales, long paid, long refunded) {}

    /** A new customer of a partner who subscribes. */
    private final class Payer {

        private final Vendor vendor;
        private final String email;
        private final ShopPages pages = new ShopPages(demo.shop(), new Browser());
        private String clickId = "";
        private String customer = "";
        private String subscription = "";

        Payer(Vendor vendor, String name) {
            this.vendor = vendor;
            this.email = vendor.name() + "-" + name + "@example.org";
        }

        /** Follows a partner's link and signs up. */
        void arrive() throws IOException, InterruptedException, Steps.Failure {
            URI landing = Browser.location(pages.browser().open(demo.sandbox().resolve(vendor.link())));
            pages.browser().open(landing);
            int before = sandbox.calls(vendor.name(), "lead").size();
            pages.signUp(email, "Kim");
            JsonNode lead = sandbox.awaitNewLead(vendor.name(), before, PATIENCE);
            clickId = Sandbox.text(lead, "clickId");
            customer = Sandbox.text(lead, "customer");
        }

        void subscribe() throws IOException, InterruptedException, Steps.Failure {
            pages.buy(email);
            subscription = newest("subscription");
        }

        /** Subscribes with a trial, at a checkout that the shop would make. */
        void tryOut() throws IOException, InterruptedException, Steps.Failure {
            sandbox.atStripe(
                    "subscribe",
                    "{\"trial_days\":14,\"amount\":2900,\"currency\":\"eur\",\"metadata\":{\"reftrail_customer\":\""
                            + customer + "\"}}");
            subscription = newest("subscription");
        }

        void cancel() throws IOException, InterruptedException {
            sandbox.atStripe("subscriptions/" + subscription + "/cancel", "");
        }

        void renew() throws IOException, InterruptedException {
            sandbox.atStripe("subscriptions/" + subscription + "/renew", "");
        }

        /** Gives half of the last payment back. */
        void refundHalf() throws IOException, InterruptedException, Steps.Failure {
            sandbox.atStripe("payments/" + newest("payment") + "/refund?part=half", "");
        }

        private String newest(String kind) throws IOException, InterruptedException, Steps.Failure {
            for (JsonNode row : sandbox.paymentAccount().path("rows")) {
                if (Sandbox.text(row, "kind").equals(kind)) {
                    return Sandbox.text(row, "id");
                }
            }
            throw new Steps.Failure("the payment provider has no " + kind);
        }

        Money atVendor() throws IOException, InterruptedException {
            List<JsonNode> sales = recorded("sale");
            return new Money(sales.size(), sum(sales), sum(recorded("refund")));
        }

        private List<JsonNode> recorded(String kind) throws IOException, InterruptedException {
            return sandbox.calls(vendor.name(), kind).stream()
                    .filter(Sandbox::isRecorded)
                    .filter(call -> Sandbox.text(call, "clickId").equals(clickId))
                    .toList();
        }

        private static long sum(List<JsonNode> calls) {
            return calls.stream()
                    .mapToLong(call -> call.path("amount").asLong())
                    .sum();
        }

        /** Waits until the vendor has recorded one event of a kind of this customer, and all events were delivered. */
        String awaitRecorded(String kind) throws IOException, InterruptedException, Steps.Failure {
            long start = System.nanoTime();
            while (of(kind).isEmpty() || sandbox.hasPaymentEventsToDeliver()) {
                require(System.nanoTime() - start < PATIENCE.toNanos(), "no " + kind + " at the vendor");
                Thread.onSpinWait();
            }
            require(of(kind).size() == 1, "more than one: " + of(kind));
            return "the vendor has one " + kind;
        }

        private List<JsonNode> of(String kind) throws IOException, InterruptedException {
            return sandbox.calls(vendor.name(), kind).stream()
                    .filter(call -> Sandbox.text(call, "customer").equals(customer))
                    .toList();
        }

        /** Waits until the vendor has this and all events were delivered, so that nothing can follow. */
        String await(Money expected) throws IOException, InterruptedException, Steps.Failure {
            long start = System.nanoTime();
            while (!atVendor().equals(expected) || sandbox.hasPaymentEventsToDeliver()) {
                boolean patient = System.nanoTime() - start < PATIENCE.toNanos();
                require(patient, "the vendor has " + atVendor() + ", the provider " + expected);
                Thread.onSpinWait();
            }
            return "the vendor has " + expected;
        }
    }
}
