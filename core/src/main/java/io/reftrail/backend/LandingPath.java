package io.reftrail.backend;

/** The path of a landing's address, for a vendor who wants no more of it (docs/contracts/affihub.md, section 3.1). */
final class LandingPath {

    private LandingPath() {}

    /** Returns the path as it was written: addresses that no URI class would take arrive too. A path stays as it is. */
    static String of(String landing) {
        String address = landing.split("[?#]", 2)[0];
        if (address.startsWith("/")) {
            return address;
        }
        int scheme = address.indexOf("://");
        if (scheme < 0) {
            return "/" + address;
        }
        int path = address.indexOf('/', scheme + 3);
        return path < 0 ? "/" : address.substring(path);
    }
}
