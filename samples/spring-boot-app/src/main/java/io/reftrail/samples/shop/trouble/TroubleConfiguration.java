package io.reftrail.samples.shop.trouble;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.reftrail.LeadListener;
import io.reftrail.security.CustomerResolver;
import io.reftrail.spring.boot.ReftrailDataSource;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** A listener and a resolver that throw on demand, and a ledger in a database that others can stop. */
@Configuration
@Profile("trouble")
class TroubleConfiguration {

    /** How long a sign-in may wait for the ledger. HikariCP's own 30 s would be too long for a person. */
    private static final long PATIENCE_MILLIS = 1_000;

    @Bean
    LeadListener brokenListener(Trouble trouble) {
        return (backend, status) -> trouble.meet("listener");
    }

    @Bean
    @Primary
    CustomerResolver brokenResolver(Trouble trouble, @Qualifier("customers") CustomerResolver customers) {
        return authentication -> {
            trouble.meet("resolver");
            return customers.resolve(authentication);
        };
    }

    /** The accounts stay in the shop's own database, or nobody could sign in. */
    @Bean(defaultCandidate = false)
    @ReftrailDataSource
    DataSource ledger(@Value("${shop.ledger-url}") String url) {
        HikariDataSource ledger = new HikariDataSource();
        ledger.setJdbcUrl(url);
        ledger.setUsername("sa");
        ledger.setPoolName("ledger");
        ledger.setConnectionTimeout(PATIENCE_MILLIS);
        ledger.setExceptionOverride(new LostConnections());
        return ledger;
    }

    /** The switches are no forms. */
    @Bean
    @Order(0)
    SecurityFilterChain switches(HttpSecurity http) {
        return http.securityMatcher("/trouble/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    /** HikariCP throws lost connections away, but does not know H2's words for it. */
    private static final class LostConnections implements SQLExceptionOverride {

        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException failure) {
            return failure instanceof SQLNonTransientConnectionException
                    ? Override.MUST_EVICT
                    : Override.CONTINUE_EVICT;
        }
    }

    /** Which parts are broken at the moment, and the switch for each. Thread-safe. */
    @RestController
    @Profile("trouble")
    static class Trouble {

        private final Set<String> broken = ConcurrentHashMap.newKeySet();

        @PutMapping("/trouble/{part}")
        void begin(@PathVariable String part) {
            broken.add(part);
        }

        @DeleteMapping("/trouble/{part}")
        void end(@PathVariable String part) {
            broken.remove(part);
        }

        /** @throws IllegalStateException while the part is broken */
        void meet(String part) {
            if (broken.contains(part)) {
                throw new IllegalStateException(part + " is broken");
            }
        }
    }
}
