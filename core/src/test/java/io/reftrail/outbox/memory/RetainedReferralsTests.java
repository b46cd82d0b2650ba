package io.reftrail.outbox.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.outbox.OutboxException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The codes that the memory has room for, found by the customer and by the code. */
class RetainedReferralsTests {

    private final RetainedReferrals referrals = new RetainedReferrals(2);

    private String codeOf(String customer) {
        return referrals.code(customer, () -> "code-of-" + customer);
    }

    @Test
    void aCodeThatIsDroppedForAYoungerOneLeadsNowhere() {
        for (String customer : List.of("nora", "leo", "mia")) {
            codeOf(customer);
        }

        assertThat(referrals.referrer("code-of-nora")).isNull();
        assertThat(referrals.referrer("code-of-leo")).isEqualTo("leo");
        assertThat(referrals.referrer("code-of-mia")).isEqualTo("mia");
        assertThat(referrals.code("nora", () -> "another")).isEqualTo("another");
        assertThat(referrals.referrer("code-of-leo")).isNull();
    }

    @Test
    void aForgottenCodeLeadsNowhereAndMakesRoom() {
        codeOf("nora");
        codeOf("leo");

        assertThat(referrals.forget("nora")).isOne();

        assertThat(referrals.referrer("code-of-nora")).isNull();
        codeOf("mia");
        assertThat(referrals.referrer("code-of-leo")).isEqualTo("leo");
        assertThat(referrals.referrer("code-of-mia")).isEqualTo("mia");
    }

    @Test
    void twoCustomersNeverHaveOneCode() {
        codeOf("nora");

        assertThatExceptionOfType(OutboxException.class).isThrownBy(() -> referrals.code("leo", () -> "code-of-nora"));
        assertThat(referrals.referrer("code-of-nora")).isEqualTo("nora");
    }
}
