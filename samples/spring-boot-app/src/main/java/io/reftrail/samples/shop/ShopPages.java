package io.reftrail.samples.shop;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The pages that only show something. */
@Controller
class ShopPages {

    @GetMapping("/")
    String home() {
        return "home";
    }

    @GetMapping("/pricing")
    String pricing() {
        return "pricing";
    }

    @GetMapping("/login")
    String login() {
        return "login";
    }

    @GetMapping("/account")
    String account(@AuthenticationPrincipal AccountUser user, Model model) {
        model.addAttribute("account", user.account());
        return "account";
    }
}
