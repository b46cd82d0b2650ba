package io.example.signup;

import io.reftrail.model.Attribution;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A page that knows whether a partner has brought the visitor. */
@RestController
class SignUpController {

    private final AccountService accounts;

    SignUpController(AccountService accounts) {
        this.accounts = accounts;
    }

    @GetMapping("/sign-up")
    String form(Optional<Attribution> attribution) {
        return attribution.isPresent() ? "Welcome! The first month is on us." : "Welcome!";
    }

    @PostMapping("/sign-up")
    String signUp(SignUpForm form) {
        return accounts.open(form).id();
    }

    @PostMapping("/sign-up-and-tell")
    String signUpAndTell(SignUpForm form) {
        return accounts.openAndTell(form).id();
    }
}
