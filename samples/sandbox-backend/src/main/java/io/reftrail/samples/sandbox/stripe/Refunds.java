package io.reftrail.samples.sandbox.stripe;

import static io.reftrail.samples.sandbox.stripe.StripeObjects.map;
import static io.reftrail.samples.sandbox.stripe.StripeObjects.now;
import static io.reftrail.samples.sandbox.stripe.StripeObjects.text;

import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Money that goes back: refunds and disputes. */
@Component
final class Refunds {

    private static final Duration EVIDENCE_DUE = Duration.ofDays(7);

    private final StripeAccount account;
    private final StripeObjects objects;

    Refunds(StripeAccount account, StripeObjects objects) {
        this.account = account;
        this.objects = objects;
    }

    /** Gives money back: all that is left of a payment, or a part of it. */
    ObjectNode refund(Form form) {
        form.only("payment_intent", "charge", "amount", "reason", "metadata[*]");
        return account.act(() -> {
            ObjectNode charge = form.text("charge") == null
                    ? chargeOf(objects.get("payment_intent", form.required("payment_intent")))
                    : objects.get("charge", form.text("charge"));
            long before = charge.get("amount_refunded").asLong();
            long left = charge.get("amount_captured").asLong() - before;
            long amount = form.number("amount", left);
            if (left == 0 || charge.get("disputed").asBoolean()) {
                String why = left == 0 ? "charge_already_refunded" : "charge_disputed";
                throw StripeProblem.state(why, "Charge " + charge.get("id").asString() + " cannot be refunded: " + why);
            }
            if (amount <= 0 || amount > left) {
                throw StripeProblem.invalid("amount", "Refund amount is greater than unrefunded amount on charge.");
            }
            ObjectNode refund = objects.keep(objects.create("refund"))
                    .put("amount", amount)
                    .put("currency", charge.get("currency").asString())
                    .put("charge", charge.get("id").asString())
                    .put("payment_intent", charge.get("payment_intent").asString())
                    .put("reason", form.text("reason"))
                    .put("balance_transaction", objects.id("txn_"));
            refund.set("metadata", map(form.below("metadata")));
            charge.put("amount_refunded", before + amount).put("refunded", amount == left);
            ObjectNode previous = JsonMapper.shared()
                    .createObjectNode()
                    .put("amount_refunded", before)
                    .put("refunded", false);
            account.emit("refund.created", refund);
            account.emit("charge.refunded", charge, previous);
            account.emit("refund.updated", refund, JsonMapper.shared().createObjectNode());
            account.emit("charge.refund.updated", refund, JsonMapper.shared().createObjectNode());
            return refund.deepCopy();
        });
    }

    /** The customer's bank takes the money of a payment back for now. Returns the dispute. */
    ObjectNode dispute(String intentId) {
        return account.act(() -> {
            ObjectNode charge = chargeOf(objects.get("payment_intent", intentId));
            long left = charge.get("amount").asLong()
                    - charge.get("amount_refunded").asLong();
            if (charge.get("disputed").asBoolean() || left == 0) {
                throw StripeProblem.state("charge_disputed", "Nothing of this payment is left to be disputed.");
            }
            charge.put("disputed", true);
            ObjectNode dispute = objects.keep(objects.create("dispute"))
                    .put("amount", left)
                    .put("charge", charge.get("id").asString())
                    .put("currency", charge.get("currency").asString())
                    .put("payment_intent", intentId);
            ((ObjectNode) dispute.get("evidence_details")).put("due_by", now() + EVIDENCE_DUE.toSeconds());
            account.emit("charge.dispute.created", dispute);
            account.emit("charge.dispute.funds_withdrawn", dispute);
            return dispute.deepCopy();
        });
    }

    /** Decides a dispute. A lost one keeps the money away, a won one brings it back. Returns the dispute. */
    ObjectNode decide(String disputeId, boolean won) {
        return account.act(() -> {
            ObjectNode dispute = objects.get("dispute", disputeId);
            String status = dispute.get("status").asString();
            if (status.equals("won") || status.equals("lost")) {
                throw StripeProblem.state("dispute_closed", "This dispute is decided.");
            }
            if (won) {
                ((ObjectNode) dispute.get("evidence_details"))
                        .put("has_evidence", true)
                        .put("submission_count", 1);
                dispute.put("status", "under_review");
                ObjectNode previous = JsonMapper.shared().createObjectNode().put("status", status);
                account.emit("charge.dispute.updated", dispute, previous);
            }
            dispute.put("status", won ? "won" : "lost");
            account.emit("charge.dispute.closed", dispute);
            if (won) {
                account.emit("charge.dispute.funds_reinstated", dispute);
            }
            return dispute.deepCopy();
        });
    }

    private ObjectNode chargeOf(ObjectNode intent) {
        return Optional.ofNullable(text(intent, "latest_charge"))
                .flatMap(id -> objects.find("charge", id))
                .orElseThrow(
                        () -> StripeProblem.state("payment_intent_unexpected_state", "This payment has not arrived."));
    }
}
