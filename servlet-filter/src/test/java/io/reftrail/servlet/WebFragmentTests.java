package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

class WebFragmentTests {

    @Test
    void hasANameAndRegistersNothing() throws Exception {
        List<Document> ours = new ArrayList<>();
        for (URL url : Collections.list(getClass().getClassLoader().getResources("META-INF/web-fragment.xml"))) {
            Document fragment = parse(url);
            if (fragment.getElementsByTagName("name").item(0).getTextContent().equals("reftrail")) {
                ours.add(fragment);
            }
        }

        assertThat(ours).singleElement().satisfies(fragment -> {
            assertThat(fragment.getDocumentElement().getTagName()).isEqualTo("web-fragment");
            assertThat(fragment.getElementsByTagName("filter").getLength()).isZero();
            assertThat(fragment.getElementsByTagName("filter-mapping").getLength())
                    .isZero();
        });
    }

    private static Document parse(URL url) throws IOException, ParserConfigurationException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        try (InputStream file = url.openStream()) {
            return factory.newDocumentBuilder().parse(file);
        }
    }
}
