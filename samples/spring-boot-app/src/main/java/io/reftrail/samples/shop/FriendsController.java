package io.reftrail.samples.shop;

import io.reftrail.Referrals;
import io.reftrail.model.Referral;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page "invite a friend": a customer's link, who came by it, and what was rewarded. */
@Controller
class FriendsController {

    private static final int SHOWN = 50;

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMMM, HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Referrals referrals;
    private final Accounts accounts;
    private final Credits credits;
    private final Duration rewardAfter;

    FriendsController(
            Referrals referrals,
            Accounts accounts,
            Credits credits,
            @Value("${reftrail.referrals.reward-after}") Duration rewardAfter) {
        this.referrals = referrals;
        this.accounts = accounts;
        this.credits = credits;
        this.rewardAfter = rewardAfter;
    }

    /**
     * A row of the page.
     *
     * @param initial the first letter of the friend's name, because the rest is the friend's own affair
     */
    record Friend(String initial, String since, String status, String words) {}

    @GetMapping("/account/friends")
    String friends(@AuthenticationPrincipal AccountHolder holder, Model model) {
        String id = holder.account().id();
        model.addAttribute("link", referrals.linkFor(id));
        model.addAttribute("code", referrals.codeFor(id));
        model.addAttribute(
                "friends",
                referrals.referralsBy(id, SHOWN).stream().map(this::friend).toList());
        model.addAttribute("credit", credits.of(id));
        model.addAttribute("euros", Credits.EUROS);
        return "friends";
    }

    private Friend friend(Referral referral) {
        String name =
                accounts.findById(referral.customerId()).map(Account::name).orElse("");
        String initial = name.isEmpty() ? "A friend" : name.substring(0, name.offsetByCodePoints(0, 1)) + ".";
        return new Friend(
                initial, DAY.format(referral.signedUpAt()), referral.status().text(), words(referral));
    }

    private String words(Referral referral) {
        return switch (referral.status()) {
            case SIGNED_UP -> "has signed up";
            case PAID -> "has bought a plan; " + Credits.EUROS + " € for both of you on " + due(referral.paidAt());
            case REFUNDED -> "gave the plan back";
            case REWARDED -> Credits.EUROS + " € for both of you";
        };
    }

    private String due(@Nullable Instant paidAt) {
        return paidAt == null ? "another day" : MINUTE.format(paidAt.plus(rewardAfter));
    }
}
