package io.reftrail.samples.authorization;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What a person sees here. */
@Controller
class KeyringPages {

    private final People people;
    private final String shop;

    KeyringPages(People people, @Value("${keyring.shop-url}") String shop) {
        this.people = people;
        this.shop = shop;
    }

    @GetMapping("/")
    String home(@Nullable Principal person, Model model) {
        model.addAttribute("people", people.all());
        model.addAttribute("shop", shop);
        model.addAttribute("username", person == null ? null : person.getName());
        return "home";
    }

    @GetMapping("/login")
    String login() {
        return "login";
    }
}
