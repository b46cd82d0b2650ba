package io.reftrail.samples.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Starts the shop, its identity provider and the sandbox, and either leaves them to a person or walks through them. */
public final class Demo {

    private static final String LOUD = "--logging.level.io.reftrail=TRACE";

    /** So that the check need not wait long for a backend that hangs. A busy machine's first call takes a second, too. */
    private static final String SHORT_TIMEOUT = "--reftrail.delivery.response-timeout=2s";

    private Demo() {}

    /** Runs the demo until Ctrl-C, or with {@code --check} the check, whose result is the exit code. */
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

    /** Walks the whole journey on free ports, prints it and tells whether each step went as promised. */
    static boolean check(PrintStream out) throws InterruptedException {
        FreePorts ports = new FreePorts();
        try (RunningDemo demo = RunningDemo.start(ports, LOUD, SHORT_TIMEOUT);
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
                    The sandbox   %2$s/   (the tracking backend; shows what it was told)
                    Keyring       %3$s/   (Spring Authorization Server; who signs in with it)

                    1. Follow a partner's link:   %2$s/r/nora    as Introw makes them
                                             or   %2$s/go/leo    as Refport does
                                             or   %2$s/d/mia     as Dub does
                                             or   %2$s/affitor/links/nora, /affonso/links/leo, /affihub/links/mia
                       It leads to the shop with ?irw_id=..., ?refp_id=..., ?aff=..., and the address bar ends up clean.
                    2. Become a customer:         %1$s/signup   by the form
                                             or   %1$s/login    "Sign in with Keyring": kim, password "password"
                                             or   %1$s/login    "Send me a link": the mail is at %1$s/mailbox
                    3. Buy something:             %1$s/account
                    4. See click, lead and sale:  %2$s/

                    ada@example.org, password "password", is a customer already, at Keyring as ada: no link makes a lead
                    of her. mallory, at Keyring, says that she has Ada's address, and has not shown it.
                    Ctrl-C stops all three.
                    """, demo.shop(), demo.sandbox(), demo.keyring());
            demo.await();
        }
    }
}
