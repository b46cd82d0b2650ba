package io.example.signup;

import io.reftrail.Reftrail;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Opens an account when its address is confirmed, maybe on another device: the clicks wait beside the form. */
@RestController
class ConfirmedController {

    private record Pending(SignUpForm form, List<Attribution> clicks) {}

    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final Accounts accounts;
    private final Reftrail reftrail;

    ConfirmedController(Accounts accounts, Reftrail reftrail) {
        this.accounts = accounts;
        this.reftrail = reftrail;
    }

    @PostMapping("/register")
    public String register(SignUpForm form, List<Attribution> clicks) {
        String token = UUID.randomUUID().toString();
        pending.put(token, new Pending(form, clicks));
        return token;
    }

    @PostMapping("/confirm")
    @Transactional
    public void confirm(@RequestParam String token) {
        Pending confirmed = pending.get(token);
        if (confirmed != null) {
            Account account = accounts.insert(confirmed.form());
            Customer customer = Customer.of(String.valueOf(account.id())).withEmail(account.email());
            confirmed.clicks().forEach(click -> reftrail.lead(click, customer));
        }
    }
}
