package io.reftrail.spring.boot.line;

import io.reftrail.model.Attribution;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The shop's pages. */
@RestController
class Pages {

    @GetMapping("/pricing")
    String pricing(HttpServletRequest request) {
        return "query=" + request.getQueryString();
    }

    @GetMapping("/click")
    String click(Optional<Attribution> click) {
        return click.map(Attribution::clickId).orElse("nobody sent you");
    }

    @GetMapping("/me")
    String me(Principal principal) {
        return principal.getName();
    }
}
