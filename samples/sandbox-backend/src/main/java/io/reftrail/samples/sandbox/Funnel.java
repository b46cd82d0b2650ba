package io.reftrail.samples.sandbox;

import java.util.List;

/**
 * How many clicks became leads and sales, as {@code GET /sandbox/funnel} shows it: for each vendor, and for each partner
 * of a vendor that has any.
 */
record Funnel(List<VendorRow> vendors, List<PartnerRow> partners) {

    record VendorRow(String vendor, long clicks, long leads, long sales) {

        static VendorRow sum(String vendor, List<PartnerRow> partners) {
            List<PartnerRow> own =
                    partners.stream().filter(row -> row.vendor().equals(vendor)).toList();
            return new VendorRow(
                    vendor,
                    own.stream().mapToLong(PartnerRow::clicks).sum(),
                    own.stream().mapToLong(PartnerRow::leads).sum(),
                    own.stream().mapToLong(PartnerRow::sales).sum());
        }
    }

    record PartnerRow(String vendor, String partner, long clicks, long leads, long sales) {}
}
