package io.reftrail.policy;

import io.reftrail.model.InvalidSettingException;
import io.reftrail.policy.LeadPolicy.Verdict.Kind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the policies that come with Reftrail.
 *
 * @param selfReferral what happens with the lead of a partner who refers themselves; needs {@link Partners}
 * @param disposableMail what happens with the lead of a customer who has a disposable mail address
 * @param sameNetwork what happens with the leads of a partner beyond the limit
 * @param sameNetworkLimit the number of sign-ups of one partner from one network in an hour that are accepted, 1 to 100
 */
public record PolicySettings(Kind selfReferral, Kind disposableMail, Kind sameNetwork, int sameNetworkLimit) {

    /** Everything is accepted; the limit is 5. */
    public static final PolicySettings DEFAULT = new PolicySettings(Kind.ACCEPT, Kind.ACCEPT, Kind.ACCEPT, 5);

    private static final int HIGHEST_LIMIT = 100;

    /** @throws InvalidSettingException if the limit is not between 1 and 100 */
    public PolicySettings {
        if (sameNetworkLimit < 1 || sameNetworkLimit > HIGHEST_LIMIT) {
            throw new InvalidSettingException(
                    "lead.same-network-limit",
                    sameNetworkLimit + " cannot be the limit of sign-ups in an hour",
                    "Write a number from 1 to " + HIGHEST_LIMIT + ".",
                    "lead.same-network-limit=5");
        }
    }

    /**
     * Returns the policies that are switched on.
     *
     * @param partners the application's knowledge of its partners
     * @param hash the function that returns a keyed hash
     * @param signUps the recent sign-ups in all processes, or {@code null} to count only those in this one
     * @param clock the time of sign-ups
     * @throws InvalidSettingException if self-referrals are to be found and {@code partners} is empty
     */
    public List<LeadPolicy> policies(
            List<Partners> partners,
            UnaryOperator<String> hash,
            SameNetworkPolicy.@Nullable SharedCount signUps,
            Clock clock) {
        List<LeadPolicy> policies = new ArrayList<>();
        if (selfReferral != Kind.ACCEPT) {
            if (partners.isEmpty()) {
                throw new InvalidSettingException(
                        "lead.self-referral",
                        "there is no io.reftrail.policy.Partners, so no self-referral can be recognised",
                        "Define a bean of io.reftrail.policy.Partners, in a web.xml name its class in lead.partners, or remove the setting.",
                        "lead.self-referral=accept");
            }
            policies.add(new SelfReferralPolicy(selfReferral, partners));
        }
        if (disposableMail != Kind.ACCEPT) {
            policies.add(new DisposableMailPolicy(disposableMail));
        }
        if (sameNetwork != Kind.ACCEPT) {
            policies.add(new SameNetworkPolicy(sameNetwork, sameNetworkLimit, hash, signUps, clock));
        }
        return policies;
    }
}
