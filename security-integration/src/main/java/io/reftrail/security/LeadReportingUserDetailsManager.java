package io.reftrail.security;

import io.reftrail.LeadStatus;
import io.reftrail.Reftrail;
import io.reftrail.model.Customer;
import io.reftrail.model.RedactedFailure;
import io.reftrail.servlet.ServletCookieExchange;
import io.reftrail.spring.CurrentExchange;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsPasswordService;
import org.springframework.security.provisioning.UserDetailsManager;

/**
 * A decorator that reports the users that visitors create for themselves: {@link #createUser} reports a lead if no user is signed
 * in and the request carries a partner's click. In a transaction the lead belongs to the transaction. All other calls go to the
 * delegate.
 *
 * <pre>{@code
 * @Bean
 * LeadReportingUserDetailsManager users(DataSource dataSource, Reftrail reftrail) {
 *     return LeadReportingUserDetailsManager.of(new JdbcUserDetailsManager(dataSource), reftrail);
 * }
 * }</pre>
 *
 * <p>Reftrail does not apply it automatically: not every user is a customer, and administrators, scripts and tests create users with
 * the same bean. Thread-safe if the delegate is.
 */
public class LeadReportingUserDetailsManager implements UserDetailsManager {

    private static final Logger logger = LoggerFactory.getLogger(LeadReportingUserDetailsManager.class);

    private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();

    private final UserDetailsManager delegate;
    private final Reftrail reftrail;
    private final CurrentExchange current;
    private final Function<? super UserDetails, ? extends @Nullable Customer> customers;

    private LeadReportingUserDetailsManager(
            UserDetailsManager delegate,
            Reftrail reftrail,
            Function<? super UserDetails, ? extends @Nullable Customer> customers) {
        this.delegate = delegate;
        this.reftrail = reftrail;
        this.current = new CurrentExchange(reftrail);
        this.customers = customers;
    }

    /**
     * Returns a decorator that uses the user name as the customer id, and as the e-mail address if it looks like one, as
     * {@link DefaultCustomerResolver} does when the user signs in.
     */
    public static LeadReportingUserDetailsManager of(UserDetailsManager delegate, Reftrail reftrail) {
        CustomerResolver resolver = new DefaultCustomerResolver();
        return of(
                delegate,
                reftrail,
                user -> resolver.resolve(
                        UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities())));
    }

    /**
     * Returns a decorator, which is a {@link UserDetailsPasswordService} if the delegate is one.
     *
     * @param customers maps a user to a customer, or to {@code null}; use the same customer id as at sign-in
     */
    public static LeadReportingUserDetailsManager of(
            UserDetailsManager delegate,
            Reftrail reftrail,
            Function<? super UserDetails, ? extends @Nullable Customer> customers) {
        return delegate instanceof UserDetailsPasswordService passwords
                ? new WithPasswords(delegate, passwords, reftrail, customers)
                : new LeadReportingUserDetailsManager(delegate, reftrail, customers);
    }

    /** Creates the user and reports the lead. If the delegate throws, the exception is passed on and no lead is reported. */
    @Override
    public void createUser(UserDetails user) {
        delegate.createUser(user);
        try {
            report(user);
        } catch (RuntimeException | Error failure) {
            logger.warn("Could not report a sign-up", RedactedFailure.of(failure));
            reftrail.visits().decided(LeadStatus.REFUSED, null, null);
        }
    }

    private void report(UserDetails user) {
        if (isAnyoneSignedIn()) {
            return; // an administrator creates the user
        }
        ServletCookieExchange exchange = current.find();
        if (exchange == null) {
            reftrail.visits().decided(LeadStatus.NO_REQUEST, null, null);
            return;
        }
        if (!reftrail.mayBeReferred(exchange)) {
            reftrail.visits().decided(LeadStatus.NO_CLICK, null, exchange.route());
            return;
        }
        Customer customer = customers.apply(user);
        if (customer == null) {
            reftrail.visits().decided(LeadStatus.NO_CUSTOMER, null, exchange.route());
        } else {
            reftrail.lead(exchange, customer);
        }
    }

    private static boolean isAnyoneSignedIn() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return TRUST.isAuthenticated(authentication);
    }

    @Override
    public void updateUser(UserDetails user) {
        delegate.updateUser(user);
    }

    @Override
    public void deleteUser(String username) {
        delegate.deleteUser(username);
    }

    @Override
    public void changePassword(@Nullable String oldPassword, @Nullable String newPassword) {
        delegate.changePassword(oldPassword, newPassword);
    }

    @Override
    public boolean userExists(String username) {
        return delegate.userExists(username);
    }

    @Override
    public UserDetails loadUserByUsername(String username) {
        return delegate.loadUserByUsername(username);
    }

    private static final class WithPasswords extends LeadReportingUserDetailsManager
            implements UserDetailsPasswordService {

        private final UserDetailsPasswordService passwords;

        private WithPasswords(
                UserDetailsManager delegate,
                UserDetailsPasswordService passwords,
                Reftrail reftrail,
                Function<? super UserDetails, ? extends @Nullable Customer> customers) {
            super(delegate, reftrail, customers);
            this.passwords = passwords;
        }

        @Override
        public UserDetails updatePassword(UserDetails user, @Nullable String newPassword) {
            return passwords.updatePassword(user, newPassword);
        }
    }
}
