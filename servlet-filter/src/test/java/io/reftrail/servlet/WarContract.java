package io.reftrail.servlet;

import static io.reftrail.servlet.Kits.introwCookies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the filter comes into an application that the container deploys: a directory with {@code WEB-INF}. */
class WarContract {

    private static final String FILTER = filter("outbox.store", "memory");
    private static final String GATE =
            "<filter><filter-name>gate</filter-name><filter-class>io.reftrail.servlet.Gate</filter-class></filter>"
                    + "<filter-mapping><filter-name>gate</filter-name><url-pattern>/*</url-pattern></filter-mapping>";
    private static final String ASKED = "introw.api-key=key\noutbox.store=memory\n";

    @TempDir
    private Path directory;

    private @Nullable War war;
    private @Nullable WebServer server;

    @BeforeEach
    void makeWar() {
        assumeTrue(
                ServletContainer.underTest().has(ServerHabit.DEPLOYS_DIRECTORIES), "the server deploys no directories");
        war = new War(directory);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private War war() {
        return Objects.requireNonNull(war);
    }

    private RawResponse land() {
        return land("/page?irw_id=one&a=b");
    }

    private RawResponse land(String target) {
        if (server == null) {
            server = ServletContainer.underTest().deploy(directory);
        }
        return RawRequest.navigation(target).send(server.port());
    }

    @Test
    void aWebXmlRegistersTheFilter() {
        war().webXml(FILTER);

        assertCaptured(land());
    }

    @Test
    void theJarAloneRegistersNothing() {
        war().webXml(GATE);

        RawResponse response = land();

        assertThat(response.statusLine()).contains(" 403");
        assertThat(response.cookies()).isEmpty();
    }

    @Test
    void aPropertiesFileRegistersTheFilterWithoutAWebXml() {
        war().properties(ASKED);

        assertCaptured(land());
    }

    @Test
    void aPropertiesFileRegistersTheFilterInFrontOfThoseOfTheWebXml() {
        war().properties(ASKED).webXml(GATE);

        assertCaptured(land());
        assertThat(land("/page").statusLine()).contains(" 403");
    }

    @Test
    void theWebXmlCountsWhereBothRegisterTheFilter() {
        war().properties("refport.api-key=key\noutbox.store=memory\n").webXml(FILTER);

        RawResponse response = land("/page?irw_id=one&refp_id=two");

        assertThat(response.location()).isEqualTo("?refp_id=two");
        assertThat(response.cookies()).hasSize(introwCookies("one").length);
    }

    @Test
    void anAbsoluteOrderingThatLeavesReftrailOutSwitchesThePropertiesFileOff() {
        war().properties(ASKED).webXml("<absolute-ordering/>" + GATE);

        assertThat(land().statusLine()).contains(" 403");
    }

    @Test
    void anAbsoluteOrderingMayNameReftrail() {
        war().properties(ASKED).webXml("<absolute-ordering><name>reftrail</name></absolute-ordering>" + GATE);

        assertCaptured(land());
    }

    @Test
    void aFragmentThatRegistersTheFilterMayStandBeforeTheOthers() {
        Map<String, String> inOrder = Map.of(
                "a-gate", "<name>gate</name>" + GATE,
                "z-clicks", "<name>clicks</name><ordering><before><others/></before></ordering>" + FILTER);
        inOrder.forEach(war()::fragment);

        assertCaptured(land());
    }

    @Test
    void aFragmentMayAskForAPlaceBehindReftrail() {
        war().properties(ASKED)
                .fragment("gate", "<name>gate</name><ordering><after><name>reftrail</name></after></ordering>" + GATE);

        assertCaptured(land());
        assertThat(land("/page").statusLine()).contains(" 403");
    }

    static void assertCaptured(RawResponse response) {
        assertThat(response.status()).isEqualTo(302);
        assertThat(response.location()).startsWith("?");
        assertThat(response.cookies()).hasSize(introwCookies("one").length);
        assertThat(response.cookies().get(0)).isEqualTo(introwCookies("one")[0]);
    }

    /** @param parameters names and values by turns */
    static String filter(String... parameters) {
        StringBuilder filter = new StringBuilder("<filter><filter-name>clicks</filter-name>"
                + "<filter-class>io.reftrail.servlet.ReferralCaptureFilter</filter-class>"
                + "<async-supported>true</async-supported>" + param("introw.api-key", "key"));
        for (int parameter = 0; parameter < parameters.length; parameter += 2) {
            filter.append(param(parameters[parameter], parameters[parameter + 1]));
        }
        return filter
                + "</filter><filter-mapping><filter-name>clicks</filter-name><url-pattern>/*</url-pattern></filter-mapping>";
    }

    private static String param(String name, String value) {
        return "<init-param><param-name>" + name + "</param-name><param-value>" + value + "</param-value></init-param>";
    }
}
