package io.reftrail.samples.shop;

import org.springframework.stereotype.Controller;
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
}
