package io.reftrail.samples.shop;

import io.reftrail.model.Attribution;
import io.reftrail.policy.Partners;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The shop's partners, who have the same code at each vendor. By their addresses Reftrail knows a partner who refers themselves. */
@Component
class PartnerAccounts implements Partners {

    private static final Set<String> CODES = Set.of("nora", "leo", "mia");

    @Override
    public @Nullable Identity find(Attribution click) {
        String code = click.detail(Attribution.CODE);
        return code != null && CODES.contains(code) ? new Identity(null, Set.of(code + "@example.org")) : null;
    }
}
