package io.reftrail.samples.sandbox;

import java.util.Map;

/** What Affitor's endpoints have in common to say, docs/contracts/affitor.md section 3: an error is one text. */
final class AffitorReplies {

    private AffitorReplies() {}

    static Answer refused(int status, String why, Subject subject) {
        Verdict verdict = status == 401 ? Verdict.UNAUTHORIZED : Verdict.REJECTED;
        return new Answer(status, Map.of("error", why), verdict, why, subject);
    }
}
