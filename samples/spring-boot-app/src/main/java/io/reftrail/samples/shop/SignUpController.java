package io.reftrail.samples.shop;

import io.reftrail.CodeStatus;
import io.reftrail.Reftrail;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Opens an account and signs its owner in. Asks whether there is the code that the form has; the sign-in reports the lead. */
@Controller
class SignUpController {

    private static final int SHORTEST = 4;

    /** In bytes: what bcrypt takes. */
    private static final int LONGEST = 72;

    private final Accounts accounts;
    private final Reftrail reftrail;

    SignUpController(Accounts accounts, Reftrail reftrail) {
        this.accounts = accounts;
        this.reftrail = reftrail;
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
            @RequestParam(name = "referral-code", defaultValue = "") String code,
            HttpServletRequest request,
            Model model)
            throws ServletException {
        model.addAttribute("email", email).addAttribute("name", name).addAttribute("code", code);
        EmailAddress address = EmailAddress.parse(email).orElse(null);
        if (address == null) {
            model.addAttribute("malformed", true);
            return "signup";
        }
        if (!isPossible(password)) {
            model.addAttribute("impossible", true);
            return "signup";
        }
        if (!code.isBlank() && reftrail.checkCode(code) == CodeStatus.UNKNOWN) {
            model.addAttribute("noSuchCode", true);
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
