package io.example.signup;

import io.reftrail.spring.TrackLead;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A controller that opens accounts itself; trial accounts are not reported. */
@RestController
class AnnotatedController {

    private final Accounts accounts;

    AnnotatedController(Accounts accounts) {
        this.accounts = accounts;
    }

    @PostMapping("/controller")
    @Transactional
    @TrackLead(customerId = "#result.id", email = "#result.email", condition = "#form.plan != 'trial'")
    public Account signUp(SignUpForm form) {
        return accounts.insert(form);
    }
}
