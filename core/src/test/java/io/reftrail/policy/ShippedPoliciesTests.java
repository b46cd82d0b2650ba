package io.reftrail.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.policy.LeadPolicy.Candidate;
import io.reftrail.policy.LeadPolicy.RequestFacts;
import io.reftrail.policy.LeadPolicy.Verdict;
import io.reftrail.policy.LeadPolicy.Verdict.Kind;
import io.reftrail.testing.HandSetClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies that come with Reftrail. */
class ShippedPoliciesTests {

    private final HandSetClock clock = new HandSetClock();

    private static Candidate candidate(String id, @Nullable String email, @Nullable String ip, String partner) {
        Attribution click = new Attribution("introw", "click", null, null, Map.of(Attribution.CODE, partner));
        return new Candidate(
                click,
                Customer.of(id).withEmail(email),
                List.of(),
                new RequestFacts(ip, "Firefox", "/sign-up", "nora-of-this-browser"::equals));
    }

    private static Verdict ofNora(Partners.@Nullable Identity nora, String id, @Nullable String email) {
        return new SelfReferralPolicy(Kind.DECLINE, List.of(click -> null, click -> nora))
                .judge(candidate(id, email, null, "nora"));
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "nora@example.org, nora@example.org, true",
        "nora@example.org, Nora@Example.org, true",
        "nora@example.org, nora+shop@example.org, true",
        "nora+partner@example.org, nora@example.org, true",
        "nora.b@gmail.com, norab+2@googlemail.com, true",
        "nora.b@example.org, norab@example.org, false",
        "nora@example.org, nora@example.com, false",
        "nora@example.org, leo@example.org, false",
        "nora@example.org, +@example.org, false",
        "nora@example.org, nora, false",
    })
    void aPartnerIsKnownByTheMailbox(String partners, String customers, boolean self) {
        Verdict verdict = ofNora(new Partners.Identity(null, Set.of("other@example.org", partners)), "c-1", customers);

        assertThat(verdict).isEqualTo(self ? Verdict.decline("self-referral") : Verdict.accept());
    }

    @Test
    void aPartnerIsKnownByTheIdOfTheCustomerAndByTheBrowser() {
        Partners.Identity nora = new Partners.Identity("nora-1", Set.of());
        assertThat(ofNora(nora, "nora-1", null)).isEqualTo(Verdict.decline("self-referral"));
        assertThat(ofNora(nora, "c-1", null)).isEqualTo(Verdict.accept());
        Partners.Identity here = new Partners.Identity("nora-of-this-browser", Set.of());
        assertThat(ofNora(here, "c-1", null)).isEqualTo(Verdict.decline("self-referral"));
        assertThat(ofNora(null, "nora-1", "nora@example.org")).isEqualTo(Verdict.accept());
        assertThat(nora.toString() + new Partners.Identity("x-1", Set.of("x@example.org")))
                .doesNotContain("nora", "x-1", "x@");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kim@mailinator.com",
                "kim@MAILINATOR.com",
                "kim@any.sub.mailinator.com",
                "kim@mailinator.com.",
                " kim@yopmail.com ",
                "\"odd@name\"@yopmail.com"
            })
    void aDisposableAddressIsKnown(String email) {
        assertThat(new DisposableMailPolicy(Kind.HOLD).judge(candidate("c", email, null, "nora")))
                .isEqualTo(Verdict.hold("disposable-mail"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kim@example.org",
                "kim@gmail.com",
                "kim@xmailinator.example",
                "kim",
                "",
                "@",
                "kim@com",
                "kim@\u0000"
            })
    void anotherAddressIsAccepted(String email) {
        LeadPolicy policy = new DisposableMailPolicy(Kind.HOLD);

        assertThat(policy.judge(candidate("c", email, null, "nora"))).isEqualTo(Verdict.accept());
        assertThat(policy.judge(candidate("c", null, null, "nora"))).isEqualTo(Verdict.accept());
    }

    private LeadPolicy threeInAnHour() {
        return new SameNetworkPolicy(Kind.HOLD, 3, UnaryOperator.identity(), null, clock);
    }

    private static boolean accepts(LeadPolicy policy, String id, String ip, String partner) {
        Verdict verdict = policy.judge(candidate(id, null, ip, partner));
        assertThat(verdict).isIn(Verdict.accept(), Verdict.hold("same-network"));
        return verdict.accepts();
    }

    @Test
    void manySignUpsOfOnePartnerFromOneNetworkAreHeldUntilItIsQuiet() {
        LeadPolicy policy = threeInAnHour();
        for (int customer = 1; customer <= 3; customer++) {
            assertThat(accepts(policy, "c-" + customer, "203.0.113." + customer, "nora"))
                    .isTrue();
        }
        assertThat(accepts(policy, "c-4", "203.0.113.99", "nora")).isFalse();
        assertThat(accepts(policy, "c-4", "203.0.113.99", "nora")).isFalse();
        assertThat(accepts(policy, "c-5", "203.0.113.98", "leo")).isTrue();
        assertThat(accepts(policy, "c-6", "203.0.114.1", "nora")).isTrue();

        clock.advance(SameNetworkPolicy.PERIOD.minusMillis(1));
        assertThat(accepts(policy, "c-7", "203.0.113.1", "nora")).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(accepts(policy, "c-8", "203.0.113.1", "nora")).isTrue();
    }

    @Test
    void aCustomerWhoIsJudgedAgainCountsOnce() {
        LeadPolicy policy = threeInAnHour();
        for (int time = 0; time < 9; time++) {
            assertThat(accepts(policy, "kim", "203.0.113.1", "nora")).isTrue();
        }
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "203.0.113.1, 203.0.113.255, true",
        "203.0.113.1, 203.0.112.1, false",
        "203.0.113.1, ::ffff:203.0.113.9, true",
        "2001:db8:1:2::3, 2001:db8:1:ffff:9::1, true",
        "2001:db8:1:2::3, 2001:0DB8:0001::1, true",
        "2001:db8:1::1, 2001:db8:2::1, false",
        "fe80:0:1::1%eth0, fe80:0:1::2%3, true"
    })
    void aNetworkIsAPartOfTheAddress(String one, String other, boolean same) {
        LeadPolicy policy = new SameNetworkPolicy(Kind.HOLD, 1, UnaryOperator.identity(), null, clock);
        accepts(policy, "kim", one, "nora");

        assertThat(accepts(policy, "zoe", other, "nora")).isEqualTo(!same);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.org",
                "203.0.113",
                "999.1.1.1",
                "::g",
                ":",
                "1::2::3",
                "unknown",
                "[::1]"
            })
    void whatIsNoAddressIsAccepted(String ip) {
        LeadPolicy policy = new SameNetworkPolicy(Kind.HOLD, 1, UnaryOperator.identity(), null, clock);

        for (int customer = 0; customer < 3; customer++) {
            assertThat(accepts(policy, "c" + customer, ip, "nora")).isTrue();
        }
        assertThat(policy.judge(candidate("c", null, null, "nora")).accepts()).isTrue();
    }

    @Test
    void nothingButHashesIsRememberedAndNoMoreThanTheLastNetworks() {
        Set<String> hashed = new HashSet<>();
        LeadPolicy policy = new SameNetworkPolicy(
                Kind.HOLD,
                1,
                text -> {
                    hashed.add(text);
                    return Integer.toHexString(text.hashCode());
                },
                null,
                clock);
        accepts(policy, "kim", "203.0.113.1", "nora");
        assertThat(hashed).containsExactlyInAnyOrder("kim", "introw\nnora\ncb0071");
        for (int network = 0; network < SameNetworkPolicy.NETWORKS; network++) {
            accepts(policy, "kim", "10." + network / 256 + "." + network % 256 + ".1", "nora");
        }
        assertThat(accepts(policy, "zoe", "203.0.113.1", "nora")).isTrue();
        assertThat(accepts(policy, "zoe", "10.1.1.1", "nora")).isFalse();
    }

    @Test
    void nothingIsSwitchedOnByDefault() {
        assertThat(PolicySettings.DEFAULT.policies(List.of(), UnaryOperator.identity(), null, clock))
                .isEmpty();
        assertThat(new PolicySettings(Kind.DECLINE, Kind.HOLD, Kind.HOLD, 1)
                        .policies(List.of(click -> null), UnaryOperator.identity(), null, clock))
                .extracting(Object::getClass)
                .containsExactly(SelfReferralPolicy.class, DisposableMailPolicy.class, SameNetworkPolicy.class);
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        PolicySettings nobodyKnown = new PolicySettings(Kind.HOLD, Kind.ACCEPT, Kind.ACCEPT, 5);
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> nobodyKnown.policies(List.of(), UnaryOperator.identity(), null, clock));
        for (int limit : new int[] {0, -1, 101}) {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> new PolicySettings(Kind.ACCEPT, Kind.ACCEPT, Kind.HOLD, limit));
        }
    }
}
