package io.reftrail.samples.demo;

import java.io.IOException;
import java.util.List;

/** Starts the shop and the sandbox, and either leaves them to a person or walks through them. */
public final class Demo {

    /** So that the check need not wait long for a backend that hangs. */
    private static final String SHORT_TIMEOUT = "--reftrail.delivery.response-timeout=1s";

    private Demo() {}

    /** Runs the demo until Ctrl-C, or with {@code --check} the check, whose result is the exit code. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> options = List.of(arguments);
        if (options.isEmpty()) {
            run();
        } else if (options.equals(List.of("--check"))) {
            System.exit(check() ? 0 : 1);
        } else {
            System.err.println("Usage: ./demo [--check]");
            System.exit(2);
        }
    }

    /** Walks the whole journey on free ports and tells whether each step went as promised. */
    static boolean check() throws InterruptedException {
        try (RunningDemo demo = RunningDemo.start(0, 0, "--logging.level.io.reftrail=TRACE", SHORT_TIMEOUT)) {
            return new Check(demo, System.out).run();
        } catch (IOException failure) {
            System.out.println("FAIL start                    " + failure.getMessage());
            System.out.println("{\"check\":\"reftrail-demo\",\"passed\":false,\"failedStep\":\"start\",\"steps\":0}");
            return false;
        }
    }

    private static void run() throws IOException, InterruptedException {
        try (RunningDemo demo = RunningDemo.start(8080, 9090)) {
            System.out.printf("""

                    The shop      %1$s/   (Spring Boot, form login, H2)
                    The sandbox   %2$s/   (the tracking backend; shows what it was told)

                    1. Follow a partner's link:   %2$s/r/nora    as Introw makes them
                                             or   %2$s/go/leo    as Refport does
                                             or   %2$s/d/mia     as Dub does
                                             or   %2$s/affitor/links/nora, /affonso/links/leo, /affihub/links/mia
                       It leads to the shop with ?irw_id=..., ?refp_id=..., ?aff=..., and the address bar ends up clean.
                    2. Sign up:                   %1$s/signup
                    3. Buy something:             %1$s/account
                    4. See click, lead and sale:  %2$s/

                    ada@example.org, password "password", is a customer already: no link makes a lead of her.
                    Ctrl-C stops both.
                    """, demo.shop(), demo.sandbox());
            demo.await();
        }
    }
}
