package io.reftrail.policy;

import io.reftrail.model.Attribution;
import io.reftrail.policy.Partners.Identity;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The policy against partners who refer themselves: the new customer has the partner's id or e-mail address, or the browser is one in
 * which the partner was signed in. Addresses are compared in lower case and without a suffix such as {@code +shop}; those of Gmail
 * without dots.
 */
public final class SelfReferralPolicy implements LeadPolicy {

    private static final Set<String> GMAIL = Set.of("gmail.com", "googlemail.com");

    private final Verdict objection;
    private final List<Partners> partners;

    /**
     * Creates an instance.
     *
     * @param kind what happens with such a lead
     * @param partners the application's knowledge of its partners; the first one that knows who is behind a click decides
     */
    public SelfReferralPolicy(Verdict.Kind kind, List<Partners> partners) {
        this.objection = PolicyReason.SELF_REFERRAL.verdict(kind);
        this.partners = List.copyOf(partners);
    }

    @Override
    public Verdict judge(Candidate candidate) {
        Identity partner = partner(candidate.attribution());
        return partner != null && isOf(partner, candidate) ? objection : Verdict.accept();
    }

    private @Nullable Identity partner(Attribution attribution) {
        return partners.stream()
                .map(known -> known.find(attribution))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static boolean isOf(Identity partner, Candidate candidate) {
        String id = partner.customerId();
        if (id != null
                && (id.equals(candidate.customer().id())
                        || candidate.request().signedInHere().test(id))) {
            return true;
        }
        String email = candidate.customer().email();
        return email != null
                && partner.emails().stream()
                        .map(SelfReferralPolicy::mailbox)
                        .collect(Collectors.toSet())
                        .contains(mailbox(email));
    }

    /** Returns the mailbox that an address leads to, as far as the address shows it. */
    private static String mailbox(String email) {
        String address = email.strip().toLowerCase(Locale.ROOT);
        int at = address.lastIndexOf('@');
        if (at < 0) {
            return address;
        }
        String name = address.substring(0, at);
        String domain = address.substring(at + 1);
        int suffix = name.indexOf('+');
        String plain = suffix > 0 ? name.substring(0, suffix) : name;
        return GMAIL.contains(domain) ? plain.replace(".", "") + "@gmail.com" : plain + "@" + domain;
    }
}
