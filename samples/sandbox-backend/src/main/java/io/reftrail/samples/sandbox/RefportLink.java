package io.reftrail.samples.sandbox;

/** A partner's link as Refport shows it, docs/contracts/refport.md section 3.1. */
record RefportLink(String id, String domain, String key, String url, String programId) {

    static RefportLink of(Click click, String url) {
        return new RefportLink("lnk_" + click.partner(), "go.example.org", click.partner(), url, "prog_1");
    }
}
