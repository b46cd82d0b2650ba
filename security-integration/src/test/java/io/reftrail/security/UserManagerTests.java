package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.model.Customer;
import io.reftrail.model.Decision;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.spring.SpringJdbcUnitOfWork;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsPasswordService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.provisioning.JdbcUserDetailsManager;
import org.springframework.security.provisioning.UserDetailsManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Users that visitors create for themselves, in Spring Security's own tables and in the transaction of a lead. */
class UserManagerTests {

    private static final List<GrantedAuthority> USER = List.of(new SimpleGrantedAuthority("ROLE_USER"));

    private final DriverManagerDataSource database =
            new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    private final SpringJdbcUnitOfWork unitOfWork = new SpringJdbcUnitOfWork(database);
    private final RecordingTransport backend = new RecordingTransport();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Reftrail reftrail = Reftrail.builder()
            .backend(IntrowBackend.of("key"))
            .transport(backend)
            .unitOfWork(unitOfWork)
            .outbox(JdbcOutbox.on(database)
                    .unitOfWork(unitOfWork)
                    .createSchema(true)
                    .open())
            .leadListener((name, status) -> heard.add(status.name()))
            .build();
    private final JdbcUserDetailsManager users = new JdbcUserDetailsManager(database);
    private final UserDetailsManager manager = LeadReportingUserDetailsManager.of(users, reftrail);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @BeforeEach
    void serveAVisitorWithAClick() {
        new ResourceDatabasePopulator(
                        new ClassPathResource("org/springframework/security/core/userdetails/jdbc/users.ddl"))
                .execute(database);
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Cookie", "_introw_aff=aff_1");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request, response));
    }

    @AfterEach
    void end() {
        RequestContextHolder.resetRequestAttributes();
        SecurityContextHolder.clearContext();
        reftrail.close();
    }

    private static UserDetails user(String name) {
        return User.withUsername(name).password("{noop}secret").roles("USER").build();
    }

    private List<String> reported() {
        reftrail.close();
        return backend.bodies();
    }

    static Stream<Arguments> whoIsSignedIn() {
        return Stream.of(
                arguments("nobody", null, true),
                arguments("somebody anonymous", new AnonymousAuthenticationToken("key", "anonymous", USER), true),
                arguments(
                        "somebody who is not authenticated yet",
                        UsernamePasswordAuthenticationToken.unauthenticated("mia", "secret"),
                        true),
                arguments(
                        "an administrator",
                        UsernamePasswordAuthenticationToken.authenticated("root", "secret", USER),
                        false),
                arguments("somebody remembered", new RememberMeAuthenticationToken("key", "root", USER), false));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("whoIsSignedIn")
    void whoeverSignsUpForThemselvesIsALead(String who, @Nullable Authentication authentication, boolean lead) {
        SecurityContextHolder.getContext().setAuthentication(authentication);
        manager.createUser(user("mia@example.org"));

        assertThat(users.userExists("mia@example.org")).isTrue();
        assertThat(reported())
                .isEqualTo(lead ? List.of("{\"clickId\":\"aff_1\",\"email\":\"mia@example.org\"}") : List.of());
        assertThat(response.getHeaders("Set-Cookie").isEmpty()).isNotEqualTo(lead);
    }

    @Test
    void aNameThatIsNoAddressIsOnlyAnId() {
        manager.createUser(user("mia"));

        assertThat(reported()).containsExactly("{\"clickId\":\"aff_1\"}");
    }

    @Test
    void theApplicationMaySayWhoTheUserIsAsACustomer() {
        UserDetailsManager own = LeadReportingUserDetailsManager.of(
                users, reftrail, user -> user.getUsername().equals("root") ? null : customer(user));
        own.createUser(user("root"));
        assertThat(heard).isEmpty();
        assertThat(reasons()).containsExactly("no-customer");
        own.createUser(user("mia"));

        assertThat(reported()).containsExactly("{\"clickId\":\"aff_1\",\"email\":\"mia@shop.example\"}");
    }

    private static Customer customer(UserDetails user) {
        return Customer.of("customer of " + user.getUsername()).withEmail(user.getUsername() + "@shop.example");
    }

    @Test
    void theLeadIsCommittedAndRolledBackWithTheUser() {
        transaction.executeWithoutResult(status -> {
            manager.createUser(user("mia"));
            status.setRollbackOnly();
        });
        assertThat(users.userExists("mia")).isFalse();
        assertThat(response.getHeaders("Set-Cookie")).isEmpty();
        transaction.executeWithoutResult(status -> {
            manager.createUser(user("kim@example.org"));
            assertThat(response.getHeaders("Set-Cookie")).isEmpty();
        });

        assertThat(heard).containsExactly("ENQUEUED", "ENQUEUED");
        assertThat(response.getHeaders("Set-Cookie")).isNotEmpty();
        assertThat(reported()).containsExactly("{\"clickId\":\"aff_1\",\"email\":\"kim@example.org\"}");
    }

    @Test
    void aUserWhoCannotBeCreatedIsNoLead() {
        users.createUser(user("mia"));

        assertThatThrownBy(() -> manager.createUser(user("mia"))).isInstanceOf(DuplicateKeyException.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void theUserIsCreatedWhateverBecomesOfTheLead() {
        UserDetailsManager own = LeadReportingUserDetailsManager.of(users, reftrail, user -> {
            throw new IllegalStateException(user.getUsername());
        });
        own.createUser(user("mia"));
        RequestContextHolder.resetRequestAttributes();
        manager.createUser(user("kim"));

        assertThat(users.userExists("mia")).isTrue();
        assertThat(users.userExists("kim")).isTrue();
        assertThat(heard).isEmpty();
        assertThat(reasons()).containsExactly("no-request", "refused");
    }

    /** The reasons of the decisions about leads, the latest first. */
    private List<String> reasons() {
        return reftrail.operations().recentDecisions().stream()
                .filter(decision -> decision.stage() == Decision.Stage.LEAD)
                .map(Decision::reason)
                .toList();
    }

    @Test
    void everythingElseIsTheDelegates() {
        UserDetailsManager delegate = Mockito.mock();
        UserDetailsManager decorated = LeadReportingUserDetailsManager.of(delegate, reftrail);
        UserDetails mia = user("mia");
        Mockito.when(delegate.loadUserByUsername("mia")).thenReturn(mia);
        Mockito.when(delegate.userExists("mia")).thenReturn(true);

        assertThat(decorated.loadUserByUsername("mia")).isSameAs(mia);
        assertThat(decorated.userExists("mia")).isTrue();
        decorated.updateUser(mia);
        decorated.deleteUser("mia");
        decorated.changePassword("old", "new");
        Mockito.verify(delegate).updateUser(mia);
        Mockito.verify(delegate).deleteUser("mia");
        Mockito.verify(delegate).changePassword("old", "new");
        assertThat(decorated).isNotInstanceOf(UserDetailsPasswordService.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void passwordsAreUpgradedWhereTheDelegateDoesSo() {
        UserDetails mia = user("mia");
        UserDetailsManager decorated =
                LeadReportingUserDetailsManager.of(new InMemoryUserDetailsManager(mia), reftrail);
        assertThat(decorated).isInstanceOf(UserDetailsPasswordService.class);
        ((UserDetailsPasswordService) decorated).updatePassword(mia, "{noop}better");

        assertThat(decorated.loadUserByUsername("mia").getPassword()).isEqualTo("{noop}better");
    }
}
