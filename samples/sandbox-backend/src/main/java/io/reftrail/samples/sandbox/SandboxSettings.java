package io.reftrail.samples.sandbox;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What all vendors share; what one vendor alone needs stands with its dialect. Defaults are in
 * {@code sandbox.properties}.
 *
 * @param merchantUrl the site under development, where partner links lead to
 * @param partners the codes of the partners whose links exist
 */
@ConfigurationProperties("sandbox")
record SandboxSettings(URI merchantUrl, List<String> partners) {}
