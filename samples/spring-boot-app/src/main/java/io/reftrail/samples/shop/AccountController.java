package io.reftrail.samples.shop;

import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** What a signed-in customer sees and does. */
@Controller
class AccountController {

    private final Purchases purchases;
    private final PaymentProvider provider;

    AccountController(Purchases purchases, PaymentProvider provider) {
        this.purchases = purchases;
        this.provider = provider;
    }

    @GetMapping("/account")
    String account(@AuthenticationPrincipal AccountUser user, Model model) {
        model.addAttribute("account", user.account());
        model.addAttribute("plan", purchases.last(user.account().id()).isPresent());
        return "account";
    }

    @PostMapping("/account/buy")
    String buy(@AuthenticationPrincipal AccountUser user) {
        String customer = user.account().id();
        String invoice = "inv-" + UUID.randomUUID();
        provider.charge(invoice, Purchases.PRICE, Purchases.CURRENCY, purchases.checkoutMetadata(customer));
        purchases.add(customer, invoice);
        return "redirect:/account";
    }

    @PostMapping("/account/refund")
    String refund(@AuthenticationPrincipal AccountUser user) {
        purchases.refundLast(user.account().id());
        return "redirect:/account";
    }
}
