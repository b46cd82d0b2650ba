package io.reftrail.security.routes;

import static io.reftrail.security.routes.Accounts.KIM;
import static io.reftrail.security.routes.Accounts.PAT;
import static io.reftrail.security.routes.Accounts.STAFF;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.security.DefaultCustomerResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.switchuser.SwitchUserFilter;

/** Somebody of the staff acts for a customer: whatever is proven meanwhile, nobody is a lead. */
class SwitchUserTests {

    @AutoClose
    private final Shop shop = new Shop(ShopPlan.of(WithSwitchUser.class)
            .withCustomers(authentication -> authentication.getName().equals(STAFF)
                    ? null
                    : new DefaultCustomerResolver().resolve(authentication)));

    private final Browser staff = shop.browser();

    @BeforeEach
    void signInAndFollowAPartnersLink() {
        staff.signIn(STAFF);
        staff.click();
        shop.events.clear();
    }

    private void actForKim() {
        assertThat(staff.post("/login/impersonate", "username", KIM).location()).endsWith("/switched");
        assertThat(staff.get("/me").body()).isEqualTo(KIM);
    }

    @Test
    void actingForACustomerIsNoLead() {
        actForKim();
        assertThat(shop.events).containsExactly("AuthenticationSwitchUserEvent");
    }

    @Test
    void comingBackIsNoLead() {
        actForKim();
        staff.post("/logout/impersonate");
        assertThat(staff.get("/me").body()).isEqualTo(STAFF);
        assertThat(shop.events).containsExactly("AuthenticationSwitchUserEvent", "AuthenticationSwitchUserEvent");
    }

    @ParameterizedTest
    @ValueSource(strings = {KIM, PAT})
    void whoeverProvesAPasswordInTheLoginFormMeanwhileIsNoLead(String name) {
        actForKim();
        assertThat(staff.signIn(name).location()).doesNotContain("error");
        assertThat(staff.get("/me").body()).isEqualTo(name);
        assertThat(shop.events).contains("InteractiveAuthenticationSuccessEvent");
    }

    @ParameterizedTest
    @ValueSource(strings = {KIM, PAT})
    void whoeverProvesAPasswordToAControllerMeanwhileIsNoLead(String name) {
        actForKim();
        assertThat(staff.post("/confirm", "username", name).body()).isEqualTo(name);
        assertThat(shop.events).contains("AuthenticationSuccessEvent");
    }

    @AfterEach
    void nobodyIsALead() {
        assertThat(staff.hasClick()).isTrue();
        assertThat(shop.isKnown(KIM)).isFalse();
        assertThat(shop.reportedLeads()).isEmpty();
    }

    @Configuration
    @Import({Accounts.class, Confirmation.class})
    static class WithSwitchUser {

        @Bean
        SecurityFilterChain security(HttpSecurity http, UserDetailsService users, ApplicationEventPublisher publisher) {
            SwitchUserFilter filter = new SwitchUserFilter();
            filter.setUserDetailsService(users);
            filter.setApplicationEventPublisher(publisher);
            filter.setTargetUrl("/switched");
            filter.afterPropertiesSet();
            return http.csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .addFilter(filter)
                    .build();
        }
    }
}
