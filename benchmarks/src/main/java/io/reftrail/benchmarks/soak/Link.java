package io.reftrail.benchmarks.soak;

/**
 * Where a new customer comes from.
 *
 * @param vendor whose link it is
 * @param partner who is to be credited
 */
record Link(String vendor, String partner) {

    private static final String[] VENDORS = {"refport", "dub", "affitor", "affonso"};
    private static final String[] PARTNERS = {"nora", "leo", "mia"};

    /** The vendors that know customers by their id, and the partners, in turns. */
    static Link of(int number) {
        return new Link(VENDORS[number % VENDORS.length], PARTNERS[number / VENDORS.length % PARTNERS.length]);
    }

    String path() {
        return switch (vendor) {
            case "refport" -> "/go/" + partner;
            case "dub" -> "/d/" + partner;
            default -> "/" + vendor + "/links/" + partner;
        };
    }

    /** An address that says where its owner has come from: so the table of customers tells who has to be reported. */
    String email(int number) {
        return vendor + "." + partner + "." + number + "@referred.example";
    }

    /** Reads an address. */
    static Link ofEmail(String email) {
        String[] words = email.split("\\.", 3);
        return new Link(words[0], words[1]);
    }
}
