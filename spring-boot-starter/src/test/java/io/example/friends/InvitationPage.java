package io.example.friends;

import io.reftrail.Referrals;
import io.reftrail.model.Referral;
import java.util.List;

/** What the shop's page "invite a friend" shows. */
class InvitationPage {

    private final Referrals referrals;

    InvitationPage(Referrals referrals) {
        this.referrals = referrals;
    }

    String text(String customerId) {
        String link = referrals.linkFor(customerId);
        List<Referral> friends = referrals.referralsBy(customerId, 20);
        return link + " has brought " + friends.size();
    }
}
