package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.CONVERSIONS;
import static io.reftrail.samples.sandbox.RunningSandbox.INTROW_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** No address is kept as it was sent; a vendor that keeps a hash (contracts/affitor.md section 4) has that as well. */
class StoredEmailTests {

    @RegisterExtension
    static final RunningSandbox sandbox = new RunningSandbox();

    private static final Subject MIA = new Subject("nora", "a1", "mia@example.org", "c1");

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

    @Test
    void isNowhereInTheDatabase() throws Exception {
        String token = sandbox.click("/r/nora");
        sandbox.post(CONVERSIONS, "{\"clickId\":\"" + token + "\",\"email\":\"mia@example.org\"}", INTROW_KEY);

        List<String> script = jdbc.sql("script").query(String.class).list();

        assertThat(script).anyMatch(line -> line.contains("m***@example.org"));
        assertThat(script).noneMatch(line -> line.contains("mia@example.org"));
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
