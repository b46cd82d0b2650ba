package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Visitor.location;

import java.io.IOException;
import java.net.URI;

/**
 * That somebody has followed a partner's link to a shop.
 *
 * @param id the vendor's id of the click
 * @param partner whose link it was
 */
record PartnerClick(String id, String partner) {

    /**
     * @param link the path of a link whose vendor records the click itself, such as {@code /d/mia}
     * @param shop where the visitor ends up: one shop's links lead to the other as well
     */
    static PartnerClick follow(Visitor visitor, URI sandbox, String link, URI shop)
            throws IOException, InterruptedException, StepFailure {
        URI landing = location(visitor.open(sandbox.resolve(link)));
        String query = landing.getRawQuery();
        visitor.open(shop.resolve("/?" + query));
        return new PartnerClick(query.substring(query.indexOf('=') + 1), link.substring(link.lastIndexOf('/') + 1));
    }
}
