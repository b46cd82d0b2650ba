package io.reftrail.samples.sandbox;

import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Stands in for the payment provider, whose signed webhooks nobody can send here: takes the checkout as an application
 * would have opened it and credits every vendor that finds its documented keys in there (docs/contracts/affihub.md section
 * 3.6, affitor.md section 3.7, refport.md section 3.4). No vendor has such an endpoint.
 */
@RestController
class CheckoutEndpoint {

    private static final String PATH = "/sandbox/checkout";

    private final List<Dialect> dialects;
    private final CallFeed feed;

    CheckoutEndpoint(List<Dialect> dialects, CallFeed feed) {
        this.dialects = dialects;
        this.feed = feed;
    }

    @PostMapping(PATH)
    List<Credit> paid(@RequestBody Checkout checkout) {
        if (!checkout.complete()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        List<Credit> credits = new ArrayList<>();
        for (Dialect dialect : dialects) {
            dialect.paid(checkout).ifPresent(answer -> {
                note(dialect.name(), answer);
                credits.add(new Credit(
                        dialect.name(),
                        answer.verdict(),
                        answer.reason(),
                        answer.subject().partner()));
            });
        }
        return credits;
    }

    private void note(String vendor, Answer answer) {
        feed.add(vendor, "POST", PATH, CallKind.SALE, 200, answer.verdict(), answer.reason(), answer.subject());
    }
}
