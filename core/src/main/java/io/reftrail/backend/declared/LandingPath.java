package io.reftrail.backend.declared;

/** The path of a landing's address, as it was written. The address may be one that {@link java.net.URI} does not accept. */
final class LandingPath {

    private LandingPath() {}

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
