package io.reftrail.samples.shop;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages around a link that signs in. */
@Controller
class LinkController {

    private final Mailbox mailbox;

    LinkController(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** Comes here only if {@link LinkSignIn} could not send anything. */
    @PostMapping(LinkSignIn.SEND)
    String noAddress() {
        return "redirect:/login?address";
    }

    @GetMapping("/login/sent")
    String sent() {
        return "sent";
    }

    @GetMapping("/mailbox")
    String mails(Model model) {
        model.addAttribute("mails", mailbox.mails());
        return "mailbox";
    }

    /** Opening a link is not enough, because programs that read mail open links too. */
    @GetMapping(LinkSignIn.FOLLOW)
    String follow(@RequestParam(defaultValue = "") String token, Model model) {
        model.addAttribute("token", token);
        return "link";
    }
}
