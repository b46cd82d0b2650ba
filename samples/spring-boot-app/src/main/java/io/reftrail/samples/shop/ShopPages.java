package io.reftrail.samples.shop;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

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

    /** What the header of each page has to know. */
    @ControllerAdvice
    static class HeaderAdvice {

        @ModelAttribute("signedIn")
        boolean isSignedIn(@Nullable Principal principal) {
            return principal != null;
        }
    }
}
