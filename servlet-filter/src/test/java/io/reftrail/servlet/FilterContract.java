package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * All behaviours of the filter on one server. A server joins by a subclass with the one method that starts it and the
 * habits that it does not share, in a module that says by the system property {@code server} which version it means.
 */
abstract class FilterContract {

    abstract WebServer start(WebApp app);

    /** Whether the server is like most; to be overridden for one that is not. */
    boolean has(ServerHabit habit) {
        return true;
    }

    @Test
    void runsOnTheServerThatTheBuildNames() {
        try (WebServer server = start(new WebApp(null))) {
            System.out.println("The contracts run on " + server.version());
            assertThat(server.version()).startsWith(System.getProperty("server", "Apache Tomcat/11."));
        }
    }

    @Nested
    class Navigations extends NavigationContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class Dispatches extends DispatchContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }

        @Override
        boolean has(ServerHabit habit) {
            return FilterContract.this.has(habit);
        }
    }

    @Nested
    class Visitors extends VisitorContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class Consents extends ConsentContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class Touches extends TouchContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class Withdrawals extends WithdrawalContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class Values extends ValueContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }

        @Override
        boolean has(ServerHabit habit) {
            return FilterContract.this.has(habit);
        }
    }

    @Nested
    class Repeats extends RepeatContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class Excludes extends ExcludeContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }

        @Override
        boolean has(ServerHabit habit) {
            return FilterContract.this.has(habit);
        }
    }

    @Nested
    class HostileTargets extends HostileTargetContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }

        @Override
        boolean has(ServerHabit habit) {
            return FilterContract.this.has(habit);
        }
    }

    @Nested
    class Locations extends LocationContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }

        @Override
        boolean has(ServerHabit habit) {
            return FilterContract.this.has(habit);
        }
    }

    @Nested
    class Bodies extends BodyContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class Caches extends CacheContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }

        @Override
        boolean has(ServerHabit habit) {
            return FilterContract.this.has(habit);
        }
    }

    @Nested
    class Failures extends FailureContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class Starts extends StartContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class InitParameters extends InitParameterContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class InitDeliveries extends InitDeliveryContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class Leads extends LeadContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class Exchanges extends ExchangeContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }

        @Override
        boolean has(ServerHabit habit) {
            return FilterContract.this.has(habit);
        }
    }

    @Nested
    class InitOutboxes extends InitOutboxContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }

        @Override
        boolean has(ServerHabit habit) {
            return FilterContract.this.has(habit);
        }
    }

    @Nested
    class Servings extends ServingContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class FormSignIns extends FormSignInContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }

        @Override
        boolean has(ServerHabit habit) {
            return FilterContract.this.has(habit);
        }
    }

    @Nested
    class LoginCalls extends LoginCallContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }

        @Override
        boolean has(ServerHabit habit) {
            return FilterContract.this.has(habit);
        }
    }

    @Nested
    class ContainerSignIns extends ContainerSignInContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }

        @Override
        boolean has(ServerHabit habit) {
            return FilterContract.this.has(habit);
        }
    }

    @Nested
    class SignInFilters extends SignInFilterContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class InitLeads extends InitLeadContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class CookieLives extends CookieLifeContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }

        @Override
        boolean has(ServerHabit habit) {
            return FilterContract.this.has(habit);
        }
    }

    @Nested
    class AsyncSignIns extends AsyncSignInContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class SignInStarts extends SignInStartContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class Http2 extends Http2Contract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class Injections extends InjectionContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }

        @Override
        boolean has(ServerHabit habit) {
            return FilterContract.this.has(habit);
        }
    }

    @Nested
    class Proxies extends ProxyContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class CacheAbuses extends CacheAbuseContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class DelegatingFilterProxies extends DelegatingFilterProxyContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class TossedCookies extends CookieTossingContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }
    }

    @Nested
    class RealLinks extends RealLinkContract {
        @Override
        WebServer start(WebApp app) {
            return FilterContract.this.start(app);
        }

        @Override
        boolean has(ServerHabit habit) {
            return FilterContract.this.has(habit);
        }
    }
}
