package io.reftrail.security.login;

import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** What there is to see: a page for everybody, and one for those who have signed in. */
@Configuration
@EnableWebMvc
@EnableWebSecurity
class Pages {

    @RestController
    static final class PageController {

        @GetMapping("/")
        String home() {
            return "home";
        }

        @GetMapping("/members")
        String members() {
            return "members";
        }
    }
}
