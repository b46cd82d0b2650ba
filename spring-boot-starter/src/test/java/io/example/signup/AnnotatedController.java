package io.example.signup;

import io.reftrail.spring.TrackLead;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A controller that does it all by itself; accounts on trial are no leads. */
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
