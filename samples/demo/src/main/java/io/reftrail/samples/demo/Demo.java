package io.reftrail.samples.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Starts the shop, its identity provider and the sandbox, for you to try or for the check. */
public final class Demo {

    private static final String LOUD = "--logging.level.io.reftrail=TRACE";

    /** Keeps the check short where a backend hangs. The first call on a busy machine takes a second, too. */
    private static final String SHORT_TIMEOUT = "--reftrail.delivery.response-timeout=2s";

    /** Rewards customers for friends while the check looks on. */
    private static final String SOON = "--reftrail.referrals.reward-after=2s";

    private Demo() {}

    /** Runs the demo until Ctrl-C, or with {@code --check} runs the check and ends with 0 if it has passed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> options = List.of(arguments);
        if (options.isEmpty()) {
            run();
        } else if (options.equals(List.of("--check"))) {
            System.exit(check(System.out) ? 0 : 1);
        } else {
            System.err.println("Usage: ./demo [--check]");
            System.exit(2);
        }
    }

    /** Runs the check on free ports, and returns whether it has passed. */
    static boolean check(PrintStream out) throws InterruptedException {
        FreePorts ports = new FreePorts();
        try (RunningDemo demo = RunningDemo.start(ports, LOUD, SHORT_TIMEOUT, SOON);
                TroubledShop troubled = TroubledShop.start(ports, demo.sandbox(), LOUD, SHORT_TIMEOUT)) {
            return new Check(demo, troubled, out).run();
        } catch (IOException failure) {
            out.println("FAIL start                    " + failure.getMessage());
            out.println("{\"check\":\"reftrail-demo\",\"passed\":false,\"failedStep\":\"start\",\"steps\":0}");
            return false;
        }
    }

    private static void run() throws IOException, InterruptedException {
        try (RunningDemo demo = RunningDemo.atUsualPorts()) {
            System.out.printf("""

                    The shop      %1$s/   (Spring Boot, Spring Security, H2)
                    The sandbox   %2$s/   (the tracking backend; shows the calls it receives)
                    Keyring       %3$s/   (Spring Authorization Server; who signs in with it)

                    1. Follow a partner's link:   %2$s/r/nora    as Introw makes them
                                             or   %2$s/go/leo    as Refport does
                                             or   %2$s/d/mia     as Dub does
                                             or   %2$s/affitor/links/nora, /affonso/links/leo, /affihub/links/mia
                       It leads to the shop with ?irw_id=..., ?refp_id=..., ?aff=..., and the address bar ends up clean.
                    2. Become a customer:         %1$s/signup   by the form
                                             or   %1$s/login    "Sign in with Keyring": kim, password "password"
                                             or   %1$s/login    "Send me a link": the mail is at %1$s/mailbox
                    3. Buy the plan:              %1$s/account  (pay at the sandbox's small Stripe)
                    4. See click, lead and sale:  %2$s/
                                             and  %1$s/actuator/reftrail/console as an operator does:
                                                  name "operator", password "operator"
                                             and  %1$s/admin/revenue: revenue by source and model, as the operator too
                    5. Renew it, refund it:       %2$s/payments
                    6. Invite a friend:           %1$s/account/friends, and follow the link in a private window; a minute after
                                                  your friend has paid, both of you have 10 euros. Your friend
                                                  can also type the code at the sign-up

                    ada@example.org, password "password", at Keyring ada, is an existing customer and not reported as a lead.
                    mallory, at Keyring, has Ada's address, but has not verified it.
                    Ctrl-C stops all three.
                    """, demo.shop(), demo.sandbox(), demo.keyring());
            demo.await();
        }
    }
}
