package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.CONVERSIONS;
import static io.reftrail.samples.sandbox.RunningSandbox.INTROW_KEY;
import static io.reftrail.samples.sandbox.RunningSandbox.LEAD;
import static io.reftrail.samples.sandbox.RunningSandbox.REFPORT_KEY;
import static io.reftrail.samples.sandbox.RunningSandbox.SALE;

/** People who follow links, sign up and buy, over HTTP. */
record SomeVisitors(RunningSandbox sandbox) {

    /** Introw: nora 2 clicks, 1 lead; leo 1 click. Refport: leo 2 clicks, 1 lead, 1 sale. Eight calls. */
    void come() throws Exception {
        sandbox.get("/r/nora");
        sandbox.get("/r/leo");
        introwLead(sandbox.click("/r/nora"));
        sandbox.get("/go/leo");
        String click = sandbox.click("/go/leo");
        refportLead(click, "a1");
        refportSale(click, "a1");
    }

    void introwLead(String token) throws Exception {
        String body = "{\"clickId\":\"" + token + "\",\"email\":\"mia@example.org\"}";
        sandbox.post(CONVERSIONS, body, INTROW_KEY);
    }

    int refportLead(String click, String customer) throws Exception {
        return refport(LEAD, click, customer, "\"eventName\":\"Sign Up\"");
    }

    int refportSale(String click, String customer) throws Exception {
        return refport(SALE, click, customer, "\"amount\":12900");
    }

    void affihubSale(String partner) throws Exception {
        sandbox.post("/affihub/track/click", "{\"program_id\":\"prog_sandbox\",\"ref\":\"" + partner + "\"}");
        sandbox.post(
                "/sandbox/stripe/pay",
                "{\"client_reference_id\":\"" + partner + "\",\"amount\":2900,\"currency\":\"eur\"}");
    }

    private int refport(String path, String click, String customer, String more) throws Exception {
        String body = "{\"clickId\":\"%s\",\"customerExternalId\":\"%s\",%s}".formatted(click, customer, more);
        return sandbox.post(path, body, REFPORT_KEY).statusCode();
    }
}
