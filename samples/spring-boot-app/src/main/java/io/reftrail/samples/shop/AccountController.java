package io.reftrail.samples.shop;

import com.stripe.exception.StripeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    AccountController(Purchases purchases) {
        this.purchases = purchases;
    }

    @GetMapping("/account")
    String account(@AuthenticationPrincipal AccountHolder holder, Authentication authentication, Model model) {
        model.addAttribute("account", holder.account());
        model.addAttribute("route", SignInRoute.of(authentication).words());
        model.addAttribute("plan", purchases.current(holder.account().id()).isPresent());
        return "account";
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
