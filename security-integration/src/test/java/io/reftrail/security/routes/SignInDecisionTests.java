package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Customer;
import io.reftrail.model.Decision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Each sign-in leaves a decision with its reason, whether it becomes a lead or not. */
class SignInDecisionTests {

    @AutoClose
    private Shop shop = new Shop(ShopPlan.of(LoginForm.class));

    /** The reasons, the first sign-in first. */
    private List<String> reasons() {
        List<String> reasons = new ArrayList<>(shop.reftrail.operations().recentDecisions().stream()
                .filter(decision -> decision.stage() == Decision.Stage.SIGN_IN)
                .map(Decision::reason)
                .toList());
        Collections.reverse(reasons);
        return reasons;
    }

    private void withCustomers(boolean fails) {
        shop.close();
        shop = new Shop(ShopPlan.of(LoginForm.class).withCustomers(authentication -> {
            if (fails) {
                throw new IllegalStateException("the customer database is away");
            }
            return null;
        }));
    }

    @Test
    void withAndWithoutAClick() {
        shop.browser().signIn(KIM);
        shop.browser().click().signIn(Accounts.PAT);
        assertThat(reasons()).containsExactly("no-click", "examined");
    }

    @Test
    void withoutACustomer() {
        withCustomers(false);
        shop.browser().click().signIn(KIM);
        assertThat(reasons()).containsExactly("no-customer");
    }

    @Test
    void withAResolverThatFails() {
        withCustomers(true);
        shop.browser().click().signIn(KIM);
        assertThat(reasons()).containsExactly("failed");
    }

    @Test
    void withCredentialsOfEachRequestOnlyWhereThereIsAClick() {
        shop.close();
        shop = new Shop(ShopPlan.of(ManyChains.class).withCustomers(authentication -> Customer.of("kim")));
        shop.browser().get("/basic/data", "Authorization", Browser.basic(KIM));
        shop.browser().click().get("/basic/data", "Authorization", Browser.basic(KIM));
        assertThat(reasons()).containsExactly("not-a-sign-in");
    }
}
