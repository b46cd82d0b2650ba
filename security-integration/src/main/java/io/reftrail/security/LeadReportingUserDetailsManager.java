package io.reftrail.security;

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
 * Reports users whom visitors create for themselves: a lead when {@link #createUser} has returned, if nobody is signed in and
 * the request carries a partner's click. In a transaction the lead belongs to that. Everything else is the delegate's.
 *
 * <pre>{@code
 * @Bean
 * LeadReportingUserDetailsManager users(DataSource dataSource, Reftrail reftrail) {
 *     return LeadReportingUserDetailsManager.of(new JdbcUserDetailsManager(dataSource), reftrail);
 * }
 * }</pre>
 *
 * <p>Nothing applies it by itself: not every user is a customer, and the same bean creates users for administrators, scripts
 * and tests. Thread-safe if the delegate is.
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
     * Returns a decorator that takes the user name for the customer id, and for the e-mail address if it looks like one, as
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
     * Returns a decorator; a {@link UserDetailsPasswordService} if the delegate is one.
     *
     * @param customers who the user is as a customer, {@code null} if none; the id must be the one that sign-ins give them
     */
    public static LeadReportingUserDetailsManager of(
            UserDetailsManager delegate,
            Reftrail reftrail,
            Function<? super UserDetails, ? extends @Nullable Customer> customers) {
        return delegate instanceof UserDetailsPasswordService passwords
                ? new WithPasswords(delegate, passwords, reftrail, customers)
                : new LeadReportingUserDetailsManager(delegate, reftrail, customers);
    }

    /** Creates the user, and then reports them. Throws what the delegate throws; there is no lead then. */
    @Override
    public void createUser(UserDetails user) {
        delegate.createUser(user);
        try {
            report(user);
        } catch (RuntimeException | Error failure) {
            logger.warn("A sign-up could not be reported", RedactedFailure.of(failure));
        }
    }

    private void report(UserDetails user) {
        ServletCookieExchange exchange = isSomebodySignedIn() ? null : current.find();
        if (exchange == null || reftrail.attributions(exchange).isEmpty()) {
            return;
        }
        Customer customer = customers.apply(user);
        if (customer != null) {
            reftrail.lead(exchange, customer);
        }
    }

    private static boolean isSomebodySignedIn() {
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
