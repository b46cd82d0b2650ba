package io.reftrail.samples.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.Dialect.Answer;
import io.reftrail.samples.sandbox.Dialect.Endpoint;
import io.reftrail.samples.sandbox.Dialect.Subject;
import io.reftrail.samples.sandbox.Dialect.Vendor;
import io.reftrail.samples.sandbox.Dialect.VendorCall;
import io.reftrail.samples.sandbox.Ledger.Click;
import io.reftrail.samples.sandbox.Ledger.Conversion;
import io.reftrail.samples.sandbox.SandboxBackend.SandboxSettings;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Introw, after docs/contracts/introw.md: links and tokens of section 2, the conversion endpoint of section 3.1 on its
 * server-to-server path, one conversion for each click token (section 4).
 *
 * <p>Where section 5 knows no answer, the least is sent: an error body is one {@code message} (with the one known {@code
 * code} for 402), no header with a 429 (whose limit of 120 has a second-hand source only), an answer {@code duplicate}
 * carries nulls as {@code ignored} does, an address that fails the pattern is a 422. On an absent {@code clickId}, where
 * the sources disagree, this follows the vendor's sample: 422.
 */
@Component
final class IntrowDialect implements Dialect {

    private static final Pattern EMAIL =
            Pattern.compile("(?![.])(?!.*[.]{2})[A-Za-z0-9_'+.-]+@([A-Za-z0-9-]+[.])+[A-Za-z]{2,}");

    private final Vendor vendor;
    private final Settings settings;
    private final SignedTokens tokens;
    private final Ledger ledger;
    private final RateLimits limits;

    IntrowDialect(SandboxSettings common, Settings settings, RandomIds ids, Ledger ledger, RateLimits limits) {
        this.vendor = Vendor.withRedirect("introw", "/r/", "irw_id", common.partners());
        this.settings = settings;
        this.tokens = new SignedTokens(ids, settings.signingSecret());
        this.ledger = ledger;
        this.limits = limits;
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public String follow(String partner) {
        return ledger.click(name(), partner, tokens.mint());
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(Endpoint.post("/api/v1/affiliate/conversions", CallKind.LEAD, this::convert));
    }

    @Override
    public Object errorBody(int status, String message) {
        return status == 402 ? Map.of("code", "API_CREDITS_EXHAUSTED", "message", message) : Map.of("message", message);
    }

    private Answer convert(VendorCall call) {
        JsonBody body = call.body();
        String token = body.required("clickId");
        @Nullable String email = body.optional("email");
        body.optionalObject("properties");
        Subject subject = new Subject(null, null, email, token);

        @Nullable String key = call.header("x-api-key");
        if (settings.readonlyKey().equals(key)) {
            return refused(403, Verdict.UNAUTHORIZED, "the key lacks the scope affiliate:write", subject);
        }
        if (!settings.apiKey().equals(key)) {
            String why = key == null ? "the header x-api-key is missing" : "the key in x-api-key is unknown";
            return refused(401, Verdict.UNAUTHORIZED, why, subject);
        }
        if (limits.take(name() + key, settings.rateLimit()).exceeded()) {
            return refused(429, Verdict.REJECTED, "more calls in a minute than the key may make", subject);
        }
        if (token.length() > 256) {
            body.refuse("clickId is longer than 256 characters");
        }
        if (email != null && !email.isEmpty() && !EMAIL.matcher(email).matches()) {
            body.refuse("email is not an address that the pattern accepts");
        }
        @Nullable String problem = body.problem();
        return problem == null ? attribute(token, subject) : refused(422, Verdict.REJECTED, problem, subject);
    }

    private Answer attribute(String token, Subject subject) {
        if (!tokens.genuine(token)) {
            return ignored("the token was not signed here: forged, damaged, or another tool's", subject);
        }
        Optional<Click> known = ledger.find(name(), token);
        if (known.isEmpty()) {
            return ignored("the token is genuine, but its click was emptied away", subject);
        }
        Click click = known.get();
        Subject referred = subject.referredBy(click);
        if (click.olderThan(settings.campaignWindow(), Instant.now())) {
            return ignored("the click is older than the campaign window", referred);
        }
        Conversion.Receipt receipt = ledger.count(Conversion.lead(click, token, null));
        Outcome outcome = receipt.fresh()
                ? new Outcome("recorded", "cnv_" + receipt.id(), "fsub_" + receipt.id())
                : new Outcome("duplicate", null, null);
        return new Answer(receipt.fresh() ? 201 : 200, outcome, receipt.verdict(), receipt.why(), referred);
    }

    private static Answer ignored(String why, Subject subject) {
        return new Answer(200, new Outcome("ignored", null, null), Verdict.IGNORED, why, subject);
    }

    private Answer refused(int status, Verdict verdict, String why, Subject subject) {
        return new Answer(status, errorBody(status, why), verdict, why, subject);
    }

    /** Introw's keys, the secret behind its tokens, how long a click counts, calls in a minute (0: any number). */
    @ConfigurationProperties("sandbox.introw")
    record Settings(String apiKey, String readonlyKey, String signingSecret, Duration campaignWindow, int rateLimit) {}

    private record Outcome(
            String status,
            @Nullable String conversionId,
            @Nullable String formSubmissionId) {}

    /**
     * Signed click tokens: {@code aff_}, a random id, a dot and the HMAC-SHA256 of the text before it, 70 characters that
     * need no encoding in a URL or a cookie.
     *
     * <p>docs/contracts/introw.md section 2 documents no more than "opaque and signed, at most 256 characters, the example
     * begins with {@code aff_}"; the rest is ours.
     */
    static final class SignedTokens {

        private static final String PREFIX = "aff_";

        private final RandomIds ids;
        private final SecretKeySpec key;

        SignedTokens(RandomIds ids, String secret) {
            this.ids = ids;
            this.key = new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256");
        }

        String mint() {
            String payload = PREFIX + ids.next(22);
            return payload + '.' + signature(payload);
        }

        boolean genuine(String token) {
            int dot = token.lastIndexOf('.');
            if (dot < 0 || !token.startsWith(PREFIX)) {
                return false;
            }
            byte[] expected = signature(token.substring(0, dot)).getBytes(UTF_8);
            return MessageDigest.isEqual(expected, token.substring(dot + 1).getBytes(UTF_8));
        }

        private String signature(String payload) {
            try {
                Mac mac = Mac.getInstance(key.getAlgorithm());
                mac.init(key);
                return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(payload.getBytes(UTF_8)));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("every Java runtime has HMAC-SHA256", impossible);
            }
        }
    }
}
