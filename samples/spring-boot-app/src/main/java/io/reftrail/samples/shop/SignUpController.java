package io.reftrail.samples.shop;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Opens an account and signs its owner in. Knows nothing of referrals. */
@Controller
class SignUpController {

    private static final int SHORTEST = 4;

    /** In bytes: what bcrypt takes. */
    private static final int LONGEST = 72;

    private final Accounts accounts;

    SignUpController(Accounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping("/signup")
    String form() {
        return "signup";
    }

    @PostMapping("/signup")
    String signUp(
            @RequestParam String email,
            @RequestParam String name,
            @RequestParam String password,
            HttpServletRequest request,
            Model model)
            throws ServletException {
        model.addAttribute("email", email).addAttribute("name", name);
        EmailAddress address = EmailAddress.parse(email).orElse(null);
        if (address == null) {
            model.addAttribute("malformed", true);
            return "signup";
        }
        if (!isPossible(password)) {
            model.addAttribute("impossible", true);
            return "signup";
        }
        try {
            accounts.create(address, name.strip(), password);
        } catch (DuplicateKeyException taken) {
            model.addAttribute("taken", true);
            return "signup";
        }
        request.logout();
        request.login(address.value(), password);
        request.changeSessionId();
        return "redirect:/account";
    }

    private static boolean isPossible(String password) {
        return password.length() >= SHORTEST && password.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }
}
