package io.reftrail.samples.shop;

import io.reftrail.samples.shop.Purchases.PaymentProvider;
import java.util.UUID;
import org.springframework.security.core.Authentication;
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
    String account(@AuthenticationPrincipal AccountHolder holder, Authentication authentication, Model model) {
        model.addAttribute("account", holder.account());
        model.addAttribute("route", SignInRoute.of(authentication).words());
        model.addAttribute("plan", purchases.last(holder.account().id()).isPresent());
        return "account";
    }

    @PostMapping("/account/buy")
    String buy(@AuthenticationPrincipal AccountHolder holder) {
        String customer = holder.account().id();
        String invoice = "inv-" + UUID.randomUUID();
        provider.charge(invoice, Purchases.PRICE, Purchases.CURRENCY, purchases.checkoutMetadata(customer));
        purchases.add(customer, invoice);
        return "redirect:/account";
    }

    @PostMapping("/account/refund")
    String refund(@AuthenticationPrincipal AccountHolder holder) {
        purchases.refundLast(holder.account().id());
        return "redirect:/account";
    }
}
