package io.reftrail.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.samples.shop.KeyringConfiguration.Identity;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.rememberme.JdbcTokenRepositoryImpl;
import org.springframework.security.web.authentication.rememberme.PersistentRememberMeToken;
import org.springframework.transaction.support.TransactionTemplate;

/** Whose account somebody signs in to. */
class AccountLinksTests {

    private static final EmailAddress KIM = new EmailAddress("kim@example.org");

    private static final EmailAddress ADA = new EmailAddress("ada@example.org");

    private final DataSource database = new EmbeddedDatabaseBuilder()
            .setType(EmbeddedDatabaseType.H2)
            .generateUniqueName(true)
            .addScripts("schema.sql", "data.sql")
            .build();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final PasswordEncoder passwordEncoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    private final Accounts accounts = new Accounts(jdbc, passwordEncoder);
    private final JdbcTokenRepositoryImpl devices = new JdbcTokenRepositoryImpl();
    private final TransactionTemplate transactions =
            new TransactionTemplate(new DataSourceTransactionManager(database));
    private final AccountLinks links = new AccountLinks(accounts, devices, transactions);

    AccountLinksTests() {
        devices.setDataSource(database);
    }

    @Test
    void aFirstSignInOpensAnAccount() {
        Instant before = Instant.now();
        Account kim = links.of(identity("kim", KIM));
        assertThat(kim.createdAt()).isBetween(before, Instant.now());
        assertThat(kim)
                .extracting(Account::email, Account::name, Account::password)
                .containsExactly("kim@example.org", "Kim", null);
    }

    @Test
    void theSecondLeadsToTheSameAccount() {
        assertThat(links.of(identity("kim", KIM))).isEqualTo(links.of(identity("kim", KIM)));
        assertThat(links.of(identity("mo", null))).isEqualTo(links.of(identity("mo", null)));
    }

    @Test
    void aProviderMayForgetAnAddress() {
        assertThat(links.of(identity("kim", KIM))).isEqualTo(links.of(identity("kim", null)));
    }

    @Test
    void aProvenAddressLeadsToTheAccountThatHasIt() {
        Account ada = accounts.findByEmail(ADA).orElseThrow();
        assertThat(links.of(ADA)).isEqualTo(ada);
        assertThat(links.of(identity("ada", ADA))).isEqualTo(ada);
        assertThat(ada.password()).isNotNull();
    }

    @Test
    void twoRoutesWithOneProvenAddressAreOneCustomer() {
        assertThat(links.of(identity("kim", KIM))).isEqualTo(links.of(KIM));
    }

    @Test
    void anAddressThatNobodyVouchesForLeadsNowhere() {
        Account stranger = links.of(identity("mallory", null));
        assertThat(stranger.email()).isNull();
        assertThat(accounts.findByEmail(ADA).map(Account::id)).isPresent().get().isNotEqualTo(stranger.id());
    }

    @Test
    void whoeverOpenedAnAccountWithSomebodyElsesAddressIsLockedOut() {
        accounts.create(KIM, "Not Kim", "secret");
        String id = accounts.findByEmail(KIM).orElseThrow().id();
        devices.createNewToken(new PersistentRememberMeToken(id, "series", "token", Date.from(Instant.now())));

        assertThat(links.of(KIM).id()).isEqualTo(id);

        assertThat(accounts.findById(id).map(Account::password)).isEmpty();
        assertThat(devices.getTokenForSeries("series")).isNull();
    }

    @Test
    void aNameThatIsTooLongIsCut() {
        Identity identity = new Identity("https://id.example", "long", null, "x".repeat(300));
        assertThat(links.of(identity).name()).hasSize(100);
    }

    @Test
    void whoSignsInTwiceAtOnceHasOneAccount() {
        AtomicReference<Account> other = new AtomicReference<>();
        Accounts slow = new Accounts(jdbc, passwordEncoder) {
            @Override
            Optional<Account> findByEmail(EmailAddress email) {
                Optional<Account> found = super.findByEmail(email);
                if (other.get() == null) {
                    other.set(CompletableFuture.supplyAsync(() -> links.of(KIM)).join());
                }
                return found;
            }
        };
        assertThat(new AccountLinks(slow, devices, transactions).of(identity("kim", KIM)))
                .isEqualTo(other.get());
    }

    private static Identity identity(String subject, @Nullable EmailAddress email) {
        return new Identity("https://id.example", subject, email, "Kim");
    }
}
