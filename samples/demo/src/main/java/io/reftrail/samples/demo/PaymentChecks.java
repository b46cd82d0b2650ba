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
        }
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
            clickId = Sandbox.text(sandbox.awaitNewLead(vendor.name(), before, PATIENCE), "clickId");
        }

        void subscribe() throws IOException, InterruptedException, Steps.Failure {
            pages.buy(email);
            subscription = newest("subscription");
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
