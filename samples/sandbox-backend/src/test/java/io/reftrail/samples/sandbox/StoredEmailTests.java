package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.INTROW_KEY;
import static io.reftrail.samples.sandbox.RunningSandbox.REFPORT_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.reftrail.samples.sandbox.CallFeed.Call;
import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.CallFeed.EmailMask;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.Dialect.Subject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** No address is kept as it was sent; a vendor that keeps a hash (docs/contracts/affitor.md section 4) has that as well. */
class StoredEmailTests {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    private static final Subject MIA = new Subject("nora", "a1", "mia@example.org", "c1");

    private static final Map<String, String[]> KEYS = Map.of(
            "introw",
            INTROW_KEY,
            "refport",
            REFPORT_KEY,
            "affitor",
            AffitorTests.headers("right"),
            "affonso",
            new String[] {"Authorization", "Bearer sk_live_sandbox"},
            "dub",
            DubLeadTests.KEY);

    private final JdbcClient jdbc = sandbox.bean(JdbcClient.class);

    @Test
    void isAMaskAndAHashWhereTheVendorHashes() {
        Call call = stored("hashing");

        assertThat(call.email()).isEqualTo("m***@example.org");
        assertThat(call.emailHash()).isEqualTo("2185f8d9db3e25555b813ec60e4873cc5452aa80dc94ef6fd231b751c8c8dd25");
    }

    @Test
    void isAMaskAloneElsewhere() {
        assertThat(stored("masking"))
                .extracting(Call::email, Call::emailHash)
                .containsExactly("m***@example.org", null);
        assertThat(stored(null).emailHash()).isNull();
    }

    @Test
    void isNothingWhereNoneWasSent() {
        assertThat(EmailMask.sha256("")).isNull();
        assertThat(EmailMask.sha256(null)).isNull();
    }

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            introw  | 201 | affiliate/conversions | {'clickId':'{click}','email':'mia@example.org'}
            introw  | 422 | affiliate/conversions | {'clickId':1,'email':'mia@example.org'}
            refport | 200 | lead        | {'clickId':'{click}','eventName':'S','customerExternalId':'u1','customerEmail':'mia@example.org'}
            refport | 200 | sale        | {'clickId':'{click}','amount':100,'customerExternalId':'u1','customerEmail':'mia@example.org'}
            affitor | 200 | lead        | {'click_id':'{click}','customer_key':'u1','email':'mia@example.org'}
            affitor | 400 | lead        | {'click_id':'cust_0_0','email':'mia@example.org'}
            affitor | 200 | older       | {'customer_code':'{click}','user_id':'u1','email':'mia@example.org'}
            affonso | 201 | signups     | {'click_id':'{click}','email':'mia@example.org','external_user_id':'u1'}
            affonso | 201 | signups     | {'click_id':'{click}','email':'mia@mailinator.example'}
            dub     | 200 | lead        | {'clickId':'{click}','eventName':'S','customerExternalId':'u1','customerEmail':'mia@example.org'}
            dub     | 422 | lead        | {'clickId':'{click}','customerExternalId':'u1','customerEmail':'mia@example.org'}
            dub     | 200 | sale        | {'clickId':'{click}','amount':100,'invoiceId':'i1','customerExternalId':'u1','customerEmail':'mia@example.org'}
            """)
    void isNowhereInTheDatabase(String vendor, int status, String call, String body) throws Exception {
        HttpResponse<String> response = sandbox.post(
                path(vendor, call),
                body.replace('\'', '"').replace("{click}", click(vendor)),
                KEYS.getOrDefault(vendor, new String[0]));

        List<String> script = jdbc.sql("script").query(String.class).list();

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(script).anyMatch(line -> line.contains("m***@"));
        assertThat(script).noneMatch(line -> line.contains("mia@"));
        assertThat(sandbox.lastCall().path("emailHash").isNull()).isNotEqualTo(vendor.equals("affitor"));
    }

    private static String path(String vendor, String call) {
        return switch (vendor) {
            case "introw" -> "/introw/api/v1/" + call;
            case "refport" -> "/refport/api/track/" + call;
            case "affitor" -> call.equals("older") ? "/affitor/api/tracking/lead" : "/affitor/api/v1/track/" + call;
            case "affonso" -> "/affonso/v1/" + call;
            default -> "/dub/track/" + call;
        };
    }

    private static String click(String vendor) throws Exception {
        return switch (vendor) {
            case "introw" -> sandbox.click("/r/nora");
            case "refport" -> sandbox.click("/go/nora");
            case "affitor" -> AffitorTests.click(sandbox);
            case "affonso" -> AffonsoTests.click(sandbox);
            default -> sandbox.click("/d/nora");
        };
    }

    private Call stored(@Nullable String vendor) {
        CallFeed feed = new CallFeed(jdbc, List.of(dialect("hashing", true), dialect("masking", false)));
        feed.add(vendor, "POST", "/lead", CallKind.LEAD, 200, Verdict.RECORDED, "for the test", MIA);
        return feed.after(0, 1).get(0);
    }

    private static Dialect dialect(String name, boolean hashes) {
        Dialect dialect = mock(Dialect.class);
        when(dialect.name()).thenReturn(name);
        when(dialect.hashesEmail()).thenReturn(hashes);
        return dialect;
    }
}
