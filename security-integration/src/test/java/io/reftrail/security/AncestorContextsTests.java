package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.model.Customer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.core.authority.AuthorityUtils;

/** A listener in a context that has others above it. */
class AncestorContextsTests {

    private final AtomicInteger heard = new AtomicInteger();

    @AutoClose
    private final Reftrail reftrail = Reftrail.builder().build();

    @AutoClose
    private final GenericApplicationContext root = new GenericApplicationContext();

    private final GenericApplicationContext middle = new GenericApplicationContext(root);
    private final GenericApplicationContext child = new GenericApplicationContext(middle);

    private void start() {
        child.registerBean(
                LeadReportingListener.class,
                () -> new LeadReportingListener(reftrail, authentication -> {
                    heard.incrementAndGet();
                    return Customer.of("kim");
                }));
        root.refresh();
        middle.refresh();
        child.refresh();
    }

    private static AuthenticationSuccessEvent signIn() {
        return new AuthenticationSuccessEvent(UsernamePasswordAuthenticationToken.authenticated(
                "kim", "secret", AuthorityUtils.createAuthorityList("ROLE_USER")));
    }

    @Test
    void hearsWhatIsPublishedInEachOfThem() {
        start();
        root.publishEvent(signIn());
        assertThat(heard).hasValue(1);
        middle.publishEvent(signIn());
        assertThat(heard).hasValueGreaterThan(1);
    }

    @Test
    void isNotKeptByThemAfterItsOwnHasEnded() {
        start();
        child.close();
        root.publishEvent(signIn());
        middle.publishEvent(signIn());
        assertThat(heard).hasValue(0);
    }
}
