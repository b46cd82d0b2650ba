package io.example.consent;

import io.reftrail.Reftrail;
import io.reftrail.servlet.ServletReftrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PrivacyController {

    private final Reftrail reftrail;

    PrivacyController(Reftrail reftrail) {
        this.reftrail = reftrail;
    }

    /** A visitor no longer wants to be recognised. */
    @PostMapping("/privacy/withdraw")
    void withdraw(HttpServletRequest request, HttpServletResponse response) {
        ServletReftrail.forgetClick(request, response);
    }

    /** A customer wants to be erased. */
    @PostMapping("/privacy/erase")
    void erase(Principal customer) {
        reftrail.forget(customer.getName());
    }
}
