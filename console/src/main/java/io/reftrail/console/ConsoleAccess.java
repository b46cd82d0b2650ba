package io.reftrail.console;

import io.reftrail.model.InvalidSettingException;
import io.reftrail.spring.boot.StartReport.Finding;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.FilterInvocation;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AuthorizationManagerWebInvocationPrivilegeEvaluator;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.util.ClassUtils;

/**
 * Who may use the console: nobody without a name, and for actions only a page of the same origin. Refuses a start that would show the
 * console to everybody.
 */
final class ConsoleAccess {

    /** The header that the page sends with an action. A page of another origin cannot. */
    static final String ACTION_HEADER = "X-Reftrail-Console";

    private static final Logger logger = LoggerFactory.getLogger(ConsoleAccess.class);

    private static final boolean HAS_SECURITY =
            ClassUtils.isPresent("org.springframework.security.web.FilterChainProxy", null);

    private final boolean securedElsewhere;
    private volatile @Nullable Finding finding;

    /** @param securedElsewhere whether the application says that strangers are kept away by something else */
    ConsoleAccess(boolean securedElsewhere) {
        this.securedElsewhere = securedElsewhere;
    }

    /**
     * Asks Spring Security what it would decide about a stranger and about anybody who has signed in.
     *
     * @throws InvalidSettingException if a stranger may open the console
     */
    void check(String path, ServletContext servletContext, ListableBeanFactory beans, Environment environment) {
        if (securedElsewhere) {
            finding = new Finding(
                    true,
                    "The console is secured by something that Reftrail does not see"
                            + " (reftrail.console.secured-elsewhere=true)");
            return;
        }
        if (!HAS_SECURITY) {
            throw open("this application has no Spring Security");
        }
        String served = environment.getProperty("spring.mvc.servlet.path", "").replaceAll("/$", "") + path;
        Rules rules = new Rules(beans, servletContext);
        if (rules.allow(served, Rules.STRANGER)) {
            throw open("Spring Security lets everybody read " + servletContext.getContextPath() + served);
        }
        finding = rules.allow(served, Rules.ANYBODY)
                ? new Finding(
                        false,
                        "Everybody who can sign in may use the console. If customers sign in to this application, require a role"
                                + " for " + served + "/** in the SecurityFilterChain.")
                : new Finding(true, "The console requires a role");
        Finding found = Objects.requireNonNull(finding);
        if (!found.works()) {
            logger.warn(found.text());
        }
    }

    private static InvalidSettingException open(String why) {
        return new InvalidSettingException(
                "console.enabled",
                "everybody could use the console, because " + why,
                "Require a role for EndpointRequest.toAnyEndpoint() in a SecurityFilterChain, or switch the console off. If something"
                        + " else keeps strangers away, write {prefix}console.secured-elsewhere=true.",
                "console.enabled=false");
    }

    /** Returns what the check has found, or {@code null} before it. */
    @Nullable
    Finding finding() {
        return finding;
    }

    /** Returns whether somebody may read the console: a stranger may not, whatever the rules of the application say. */
    boolean mayRead(SecurityContext context) {
        return securedElsewhere || context.getPrincipal() != null;
    }

    /** Returns the name of the operator for the log, on one line. */
    static String actor(SecurityContext context) {
        String name = context.getPrincipal() == null
                ? ""
                : String.valueOf(context.getPrincipal().getName());
        String printable = name.replaceAll("\\p{Cntrl}", " ").strip();
        return printable.isEmpty() ? "somebody" : printable.substring(0, Math.min(printable.length(), 80));
    }

    /**
     * Returns whether a request for an action comes from the console's own page. Forms and scripts of other origins cannot send the
     * header; a browser says besides where a request comes from.
     */
    static boolean isFromThePage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        return request.getHeader(ACTION_HEADER) != null
                && (site == null || site.equals("same-origin"))
                && (site != null || origin == null || isOf(origin, request));
    }

    private static boolean isOf(String origin, HttpServletRequest request) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(request.getHeader("Host"));
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }

    /** Returns the token of Spring Security that an action needs besides, if the application has not switched it off. */
    static @Nullable Token token(HttpServletRequest request) {
        return HAS_SECURITY ? Token.of(request) : null;
    }

    /**
     * The token that Spring Security expects with an action.
     *
     * @param header the name of the header
     * @param value the token
     */
    record Token(String header, String value) {

        private static @Nullable Token of(HttpServletRequest request) {
            return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                    ? new Token(token.getHeaderName(), token.getToken())
                    : null;
        }
    }

    /** The rules of Spring Security, which may be absent: in a class of its own, loaded when it is there. */
    private static final class Rules {

        static final Authentication STRANGER = new AnonymousAuthenticationToken(
                "console", "anonymousUser", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

        static final Authentication ANYBODY =
                UsernamePasswordAuthenticationToken.authenticated("anybody", "", List.of());

        private final ListableBeanFactory beans;
        private final ServletContext servletContext;

        Rules(ListableBeanFactory beans, ServletContext servletContext) {
            this.beans = beans;
            this.servletContext = servletContext;
        }

        /** Returns what the first chain for the path decides. A chain that cannot be asked is left to {@link #mayRead}. */
        boolean allow(String path, Authentication who) {
            try {
                HttpServletRequest request = new FilterInvocation(
                                servletContext.getContextPath(), path, null, null, "GET", servletContext)
                        .getRequest();
                return beans.getBeanProvider(FilterChainProxy.class).stream()
                        .flatMap(proxy -> proxy.getFilterChains().stream())
                        .filter(chain -> chain.matches(request))
                        .findFirst()
                        .map(chain -> allows(chain, path, who))
                        .orElse(true);
            } catch (UnsupportedOperationException cannotBeAsked) {
                logger.debug("Could not ask Spring Security about the console", cannotBeAsked);
                return false;
            }
        }

        private boolean allows(SecurityFilterChain chain, String path, Authentication who) {
            return chain.getFilters().stream()
                    .filter(AuthorizationFilter.class::isInstance)
                    .map(AuthorizationFilter.class::cast)
                    .allMatch(filter -> {
                        AuthorizationManagerWebInvocationPrivilegeEvaluator evaluator =
                                new AuthorizationManagerWebInvocationPrivilegeEvaluator(
                                        filter.getAuthorizationManager());
                        evaluator.setServletContext(servletContext);
                        return evaluator.isAllowed(servletContext.getContextPath(), path, "GET", who);
                    });
        }
    }
}
