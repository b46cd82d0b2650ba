package io.reftrail.policy;

import io.reftrail.model.Attribution;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The policy against many sign-ups of one partner from one network in an hour. A network is the first 24 bits of an IPv4 address,
 * or the first 48 of an IPv6 address. Where the click does not name the partner, the sign-ups of a backend are counted together.
 * A customer who is judged again counts once.
 *
 * <p>The sign-ups of this process count at once: it remembers those of the last {@value #NETWORKS} networks. Those of other
 * processes count when they are committed, if the processes {@linkplain SharedCount share a count}. Networks are keyed hashes; no
 * address is stored.
 */
public final class SameNetworkPolicy implements LeadPolicy {

    /** The time within which sign-ups are counted. */
    public static final Duration PERIOD = Duration.ofHours(1);

    /** The number of networks that are remembered. */
    static final int NETWORKS = 10_000;

    private static final int IPV4_BYTES = 3;

    private static final int IPV6_BYTES = 6;

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final Verdict objection;
    private final int limit;
    private final UnaryOperator<String> hash;
    private final @Nullable SharedCount shared;
    private final Clock clock;
    private final Map<String, Deque<SignUp>> networks = new Networks();

    /** The recent sign-ups by network in all processes. */
    @FunctionalInterface
    public interface SharedCount {

        /**
         * Adds a sign-up and returns the number of other customers from the network.
         *
         * @param network the keyed hash of backend, partner and network
         * @param customer the keyed hash of the customer's id
         * @param period the time before now within which sign-ups are counted
         */
        int add(String network, String customer, Duration period);
    }

    /**
     * Creates an instance.
     *
     * @param kind what happens with a lead beyond the limit
     * @param limit the number of sign-ups in an hour that are accepted
     * @param hash the function that returns a keyed hash
     * @param shared the sign-ups in all processes, or {@code null} to count only those in this one
     * @param clock the time of sign-ups
     */
    public SameNetworkPolicy(
            Verdict.Kind kind, int limit, UnaryOperator<String> hash, @Nullable SharedCount shared, Clock clock) {
        this.objection = PolicyReason.SAME_NETWORK.verdict(kind);
        this.limit = limit;
        this.hash = hash;
        this.shared = shared;
        this.clock = clock;
    }

    private record SignUp(String customer, Instant at) {}

    @SuppressWarnings("serial")
    private static final class Networks extends LinkedHashMap<String, Deque<SignUp>> {

        Networks() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<SignUp>> eldest) {
            return size() > NETWORKS;
        }
    }

    @Override
    public Verdict judge(Candidate candidate) {
        String network = network(candidate.request().ipAddress());
        if (network == null) {
            return Verdict.accept();
        }
        Attribution click = candidate.attribution();
        String partner = String.valueOf(click.detail(Attribution.CODE));
        String key = hash.apply(String.join("\n", click.backend(), partner, network));
        String customer = hash.apply(candidate.customer().id());
        int here = others(key, customer);
        int everywhere = shared == null ? here : Math.max(here, shared.add(key, customer, PERIOD));
        return everywhere < limit ? Verdict.accept() : objection;
    }

    /**
     * Adds a customer to a network and returns the number of others. Remembers one sign-up more than the limit, so that a retry
     * is over the limit, too.
     */
    private synchronized int others(String network, String customer) {
        Instant now = clock.instant();
        Deque<SignUp> signUps = networks.computeIfAbsent(network, absent -> new ArrayDeque<>());
        signUps.removeIf(signUp ->
                signUp.customer().equals(customer) || !signUp.at().plus(PERIOD).isAfter(now));
        int others = signUps.size();
        signUps.add(new SignUp(customer, now));
        if (signUps.size() > limit + 1) {
            signUps.remove();
        }
        return others;
    }

    /** Returns the network of an address, or {@code null} if the text is not an IP address. Asks no name server. */
    private static @Nullable String network(@Nullable String address) {
        if (address == null) {
            return null;
        }
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        if (!IPV4.matcher(plain).matches() && !IPV6.matcher(plain).matches()) {
            return null;
        }
        try {
            InetAddress parsed = InetAddress.getByName(plain);
            int length = parsed instanceof Inet4Address ? IPV4_BYTES : IPV6_BYTES;
            return HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), length));
        } catch (UnknownHostException noAddress) {
            return null;
        }
    }
}
