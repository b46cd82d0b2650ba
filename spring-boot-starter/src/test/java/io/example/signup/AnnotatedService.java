package io.example.signup;

import io.reftrail.spring.TrackLead;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Opens accounts. A call within a request that carries a partner's click reports a lead. */
@Service
class AnnotatedService {

    private final Accounts accounts;

    AnnotatedService(Accounts accounts) {
        this.accounts = accounts;
    }

    @Transactional
    @TrackLead(customerId = "#result.id", email = "#form.email", metadata = "{plan: #form.plan}")
    public Account open(SignUpForm form) {
        return accounts.insert(form);
    }
}
