package io.reftrail.samples.shop;

import com.stripe.exception.StripeException;
import io.reftrail.Reftrail;
import io.reftrail.journey.AttributionModel;
import io.reftrail.journey.Conversion;
import io.reftrail.journey.Journey;
import io.reftrail.journey.Touch;
import io.reftrail.model.Referral;
import io.reftrail.outbox.OutboxException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a signed-in customer sees and does. */
@Controller
class AccountController {

    private static final Logger logger = LoggerFactory.getLogger(AccountController.class);

    private final Purchases purchases;
    private final Accounts accounts;
    private final Credits credits;
    private final Reftrail reftrail;

    AccountController(Purchases purchases, Accounts accounts, Credits credits, Reftrail reftrail) {
        this.purchases = purchases;
        this.accounts = accounts;
        this.credits = credits;
        this.reftrail = reftrail;
    }

    /** A visit that led to the sign-up. */
    record Origin(String source, String words, Instant time) {}

    /** What each visit has earned by one model. */
    record Division(String name, List<BigDecimal> parts) {}

    @GetMapping("/account")
    String account(@AuthenticationPrincipal AccountHolder holder, Authentication authentication, Model model) {
        model.addAttribute("account", holder.account());
        model.addAttribute("route", SignInRoute.of(authentication).words());
        model.addAttribute("plan", purchases.current(holder.account().id()).isPresent());
        model.addAttribute("credit", credits.of(holder.account().id()));
        whoBroughtYou(holder.account().id(), model);
        return "account";
    }

    /** The page does without it while Reftrail's tables cannot be reached. */
    private void whoBroughtYou(String customerId, Model model) {
        Journey journey = null;
        boolean friend = false;
        try {
            journey = reftrail.journey(customerId);
            friend = reftrail.referrals().referralOf(customerId) != null;
        } catch (OutboxException away) {
            logger.warn("Nobody knows now who brought the customer", away);
        }
        model.addAttribute("friend", friend);
        model.addAttribute("origins", origins(journey));
        BigDecimal paid = journey == null ? BigDecimal.ZERO : paid(journey);
        model.addAttribute("paid", paid);
        model.addAttribute("models", journey == null || paid.signum() == 0 ? List.of() : divisions(paid, journey));
    }

    private static List<Origin> origins(@Nullable Journey journey) {
        return journey == null
                ? List.of()
                : journey.touches().stream()
                        .map(touch -> new Origin(source(touch), words(touch.origin()), touch.time()))
                        .toList();
    }

    private static List<Division> divisions(BigDecimal paid, Journey journey) {
        return Stream.of(AttributionModel.values())
                .map(way -> division(way, paid, journey))
                .toList();
    }

    private static BigDecimal paid(Journey journey) {
        return journey.conversions().stream()
                .map(Conversion::amount)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Division division(AttributionModel way, BigDecimal paid, Journey journey) {
        return new Division(
                way.text(),
                way.divide(paid, journey).stream()
                        .map(AttributionModel.Portion::amount)
                        .toList());
    }

    private static String source(Touch touch) {
        return touch.source().equals(Referral.BACKEND) ? "a friend" : touch.source();
    }

    private static String words(Touch.Origin origin) {
        return switch (origin) {
            case DIRECT -> "";
            case SITE, HIDDEN -> "(another site)";
            default -> "(" + origin.text().replace('-', ' ') + ")";
        };
    }

    /** All that Reftrail has stored of the customer. */
    @GetMapping("/account/data")
    ResponseEntity<String> data(@AuthenticationPrincipal AccountHolder holder) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(reftrail.export(holder.account().id()));
    }

    /** Deletes the account, and all that Reftrail has stored of the customer. */
    @PostMapping("/account/delete")
    String delete(@AuthenticationPrincipal AccountHolder holder, HttpServletRequest request) throws ServletException {
        accounts.delete(holder.account().id());
        reftrail.forget(holder.account().id());
        request.logout();
        return "redirect:/";
    }

    /** Sends the customer to the payment page. */
    @PostMapping("/account/buy")
    String buy(@AuthenticationPrincipal AccountHolder holder) throws StripeException {
        return "redirect:" + purchases.checkout(holder.account());
    }

    /** The customer comes back from the payment page. */
    @GetMapping("/account/paid")
    String paid(@AuthenticationPrincipal AccountHolder holder, @RequestParam String session) throws StripeException {
        purchases.paid(holder.account().id(), session);
        return "redirect:/account";
    }

    @PostMapping("/account/refund")
    String refund(@AuthenticationPrincipal AccountHolder holder) throws StripeException {
        purchases.giveBack(holder.account().id());
        return "redirect:/account";
    }

    @ExceptionHandler(StripeException.class)
    static String paymentsAreAway(StripeException away) {
        logger.warn("Stripe has not answered", away);
        return "redirect:/account?payments";
    }
}
