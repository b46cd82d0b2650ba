package io.reftrail.benchmarks.peers;

/** Names of customers that are found in any format: a letter, nine digits, a letter. */
final class Customers {

    private static final int DIGITS = 9;

    private Customers() {}

    static String name(int number) {
        return String.format("c%0" + DIGITS + "dx", number);
    }

    /** Told of each name in a body. */
    @FunctionalInterface
    interface Found {
        void found(int number);
    }

    static void find(byte[] body, Found found) {
        for (int at = 0; at + DIGITS + 1 < body.length; at++) {
            if (body[at] == 'c' && body[at + DIGITS + 1] == 'x') {
                int number = number(body, at + 1);
                if (number >= 0) {
                    found.found(number);
                }
            }
        }
    }

    private static int number(byte[] body, int from) {
        int number = 0;
        for (int at = from; at < from + DIGITS; at++) {
            if (body[at] < '0' || body[at] > '9') {
                return -1;
            }
            number = 10 * number + body[at] - '0';
        }
        return number;
    }
}
