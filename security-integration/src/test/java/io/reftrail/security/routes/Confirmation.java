package io.reftrail.security.routes;

import java.security.Principal;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A page that says who is signed in, and one that asks for the password before it does something. */
@Configuration
class Confirmation {

    @RestController
    static final class Pages {

        private final AuthenticationManager authenticationManager;

        Pages(AuthenticationManager authenticationManager) {
            this.authenticationManager = authenticationManager;
        }

        @GetMapping("/me")
        String me(Principal principal) {
            return principal.getName();
        }

        @PostMapping({"/confirm", "/api/confirm"})
        String confirm(@RequestParam String username) {
            return authenticationManager
                    .authenticate(UsernamePasswordAuthenticationToken.unauthenticated(username, "secret"))
                    .getName();
        }
    }
}
