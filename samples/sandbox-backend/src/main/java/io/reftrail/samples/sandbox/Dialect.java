package io.reftrail.samples.sandbox;

import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.ConnectedVendors.Checkout;
import io.reftrail.samples.sandbox.Ledger.Click;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;

/**
 * A vendor's endpoints. A vendor is a class that implements this interface after a contract page. Routes, links, faults,
 * feed and funnel come from the beans that are found.
 */
interface Dialect {

    Vendor vendor();

    default String name() {
        return vendor().name();
    }

    /**
     * Somebody follows the link of a partner. Records the click where the vendor does so at its redirect, and returns
     * the value that the landing parameter carries.
     */
    default String follow(String partner) {
        return partner;
    }

    List<Endpoint> endpoints();

    /**
     * Returns the kinds of events that the vendor counts: clicks, and those that it has endpoints for or receives from the
     * payment provider.
     */
    default Set<CallKind> counts() {
        Set<CallKind> counts = EnumSet.of(CallKind.CLICK);
        endpoints().forEach(endpoint -> counts.add(endpoint.kind()));
        counts.retainAll(EnumSet.of(CallKind.CLICK, CallKind.LEAD, CallKind.SALE));
        return counts;
    }

    /** Returns whether the vendor stores the SHA-256 of an e-mail address beside its mask. No vendor stores the address. */
    default boolean hashesEmail() {
        return false;
    }

    /** Returns whether request bodies are forms; otherwise they are JSON. */
    default boolean takesForms() {
        return false;
    }

    /** Returns the body that the vendor sends with an error, for faults and for methods that an endpoint does not have. */
    Object errorBody(int status, String message);

    /** Records a payment from a payment provider; empty if it contains nothing for this vendor. */
    default Optional<Answer> paid(Checkout checkout) {
        return Optional.empty();
    }

    /**
     * A vendor's name and partner links.
     *
     * @param name in settings, feed, funnel, faults and base URL: lower case, no spaces
     * @param linkPath what stands before the partner's code
     * @param landingParameter what is added to the query of the merchant's address
     * @param partners the codes of the partners whose links exist
     * @param redirecting whether the vendor has such links and records a click there; if not, partners link to the merchant
     *     themselves, the parameter is their code, and the path is a convenience of the sandbox
     */
    record Vendor(String name, String linkPath, String landingParameter, List<String> partners, boolean redirecting) {

        static Vendor withRedirect(String name, String linkPath, String landingParameter, List<String> partners) {
            return new Vendor(name, linkPath, landingParameter, List.copyOf(partners), true);
        }

        static Vendor withoutRedirect(String name, String landingParameter, List<String> partners) {
            return new Vendor(name, "/" + name + "/links/", landingParameter, List.copyOf(partners), false);
        }
    }

    /**
     * One documented endpoint of a vendor and what answers there; the path is below the vendor's base URL.
     *
     * @param query which of the calls to the path it answers, by their query
     */
    record Endpoint(
            HttpMethod method,
            String path,
            CallKind kind,
            Function<VendorCall, Answer> handler,
            Predicate<MultiValueMap<String, String>> query) {

        Endpoint(HttpMethod method, String path, CallKind kind, Function<VendorCall, Answer> handler) {
            this(method, path, kind, handler, any -> true);
        }

        static Endpoint post(String path, CallKind kind, Function<VendorCall, Answer> handler) {
            return new Endpoint(HttpMethod.POST, path, kind, handler);
        }

        static Endpoint put(String path, CallKind kind, Function<VendorCall, Answer> handler) {
            return new Endpoint(HttpMethod.PUT, path, kind, handler);
        }

        static Endpoint get(String path, Function<VendorCall, Answer> handler) {
            return get(path, CallKind.READ, handler);
        }

        /** Returns the endpoint of a GET that reports an event. */
        static Endpoint get(String path, CallKind kind, Function<VendorCall, Answer> handler) {
            return new Endpoint(HttpMethod.GET, path, kind, handler);
        }

        /** Returns this endpoint for calls with such a query only. */
        Endpoint where(Predicate<MultiValueMap<String, String>> query) {
            return new Endpoint(method, path, kind, handler, query);
        }
    }

    /**
     * One call to a vendor endpoint, reduced to what the contracts look at.
     *
     * @param path the values of the variables in the endpoint's path
     */
    record VendorCall(
            HttpHeaders headers, JsonBody body, Map<String, String> path, MultiValueMap<String, String> query) {

        private static final String BEARER = "Bearer ";

        @Nullable
        String header(String name) {
            return headers.getFirst(name);
        }

        @Nullable
        String parameter(String name) {
            return query.getFirst(name);
        }

        /** The token of the header Authorization, {@code null} if there is none of the kind Bearer. */
        @Nullable
        String bearer() {
            @Nullable String value = header(HttpHeaders.AUTHORIZATION);
            return value == null || !value.startsWith(BEARER) ? null : value.substring(BEARER.length());
        }
    }

    /**
     * A dialect's answer to a call: the response, and the verdict with its reason for the feed. The body is
     * written as JSON; {@code null} is the JSON literal, which one vendor does answer.
     *
     * @param headers beside the Content-Type
     */
    record Answer(
            int status,
            @Nullable Object body,
            Verdict verdict,
            String reason,
            Subject subject,
            Map<String, String> headers) {

        Answer(int status, @Nullable Object body, Verdict verdict, String reason, Subject subject) {
            this(status, body, verdict, reason, subject, Map.of());
        }

        Answer with(Map<String, String> more) {
            return new Answer(status, body, verdict, reason, subject, more);
        }
    }

    /** The partner, customer and sum of a call, as far as it contains them; the feed shows them next to the verdict. */
    record Subject(
            @Nullable String partner,
            @Nullable String customer,
            @Nullable String email,
            @Nullable String clickId,
            @Nullable Money money) {

        public Subject {
            customer = "".equals(customer) ? null : customer;
            clickId = "".equals(clickId) ? null : clickId;
        }

        Subject(@Nullable String partner, @Nullable String customer, @Nullable String email, @Nullable String clickId) {
            this(partner, customer, email, clickId, null);
        }

        static final Subject NOBODY = new Subject(null, null, null, null);

        Subject referredBy(Click click) {
            return new Subject(click.partner(), customer, email, click.id(), money);
        }

        Subject paying(@Nullable Money sum) {
            return new Subject(partner, customer, email, clickId, sum);
        }
    }
}
