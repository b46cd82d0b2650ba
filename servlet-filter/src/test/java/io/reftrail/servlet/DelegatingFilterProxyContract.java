package io.reftrail.servlet;

import static io.reftrail.servlet.Kits.introwCookies;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/** The filter as a bean of a Spring application without Boot. The proxy calls no {@code init} unless it is told to. */
class DelegatingFilterProxyContract extends ServedContract {

    private final Reftrail own =
            Kits.builder(captures).transport(StubBackend.UNREACHABLE).build();
    private final GenericWebApplicationContext beans = new GenericWebApplicationContext();

    @BeforeEach
    void serveBean() {
        beans.registerBean("clicks", ReferralCaptureFilter.class, () -> ReferralCaptureFilter.builder(own)
                .build());
        beans.refresh();
        serve(SignUp.addTo(new WebApp(new DelegatingFilterProxy("clicks", beans))));
    }

    @Test
    void capturesAClick() {
        RawResponse response = send(RawRequest.navigation("/page?irw_id=one&a=b"));

        assertThat(response.location()).isEqualTo("?a=b");
        assertThat(response.cookies()).containsExactly(introwCookies("one"));
    }

    @Test
    void reportsASignUp() {
        RawResponse response = send(RawRequest.get("/signup?customer=kim").with("Cookie", "_introw_aff=one"));

        assertThat(response.body()).isEqualTo("{introw=ENQUEUED}");
        assertThat(response.cookies()).containsExactly(Kits.expiredIntrowCookies());
    }

    @AfterEach
    void close() {
        stopServer();
        beans.close();
        own.close();
    }
}
