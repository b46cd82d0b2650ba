package io.reftrail.samples.shop;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the header of each page has to know. */
@ControllerAdvice
class HeaderAdvice {

    @ModelAttribute("signedIn")
    boolean isSignedIn(@Nullable Principal principal) {
        return principal != null;
    }
}
