package io.reftrail.capture;

/** The characters that may stand in a cookie's value: {@code cookie-octet} of RFC 6265, section 4.1.1. */
final class CookieOctets {

    private CookieOctets() {}

    static boolean contains(int c) {
        return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
    }
}
