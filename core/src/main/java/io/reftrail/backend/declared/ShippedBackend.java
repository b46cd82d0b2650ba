package io.reftrail.backend.declared;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;
import io.reftrail.backend.declared.BackendDeclaration.Setting;
import io.reftrail.backend.internal.SettingText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A declaration that comes with Reftrail as a vendor that properties and init-params configure. The first setting of the
 * declaration activates the backend. The subclasses exist because a service provider is named by its class.
 */
public abstract sealed class ShippedBackend implements BackendProvider {

    private final String name;

    private ShippedBackend(String name) {
        this.name = name;
    }

    /** Everflow. */
    public static final class Everflow extends ShippedBackend {
        /** For the service loader. */
        public Everflow() {
            super("everflow");
        }
    }

    /** FirstPromoter. */
    public static final class FirstPromoter extends ShippedBackend {
        /** For the service loader. */
        public FirstPromoter() {
            super("firstpromoter");
        }
    }

    /** Rewardful. */
    public static final class Rewardful extends ShippedBackend {
        /** For the service loader. */
        public Rewardful() {
            super("rewardful");
        }
    }

    /** Tapfiliate. */
    public static final class Tapfiliate extends ShippedBackend {
        /** For the service loader. */
        public Tapfiliate() {
            super("tapfiliate");
        }
    }

    /** Tolt. */
    public static final class Tolt extends ShippedBackend {
        /** For the service loader. */
        public Tolt() {
            super("tolt");
        }
    }

    @Override
    public BackendSettings<?> settings() {
        BackendDeclaration declaration = BackendDeclaration.shipped(name);
        List<Setting> declared = declaration.settings();
        Setting key = declared.get(0);
        BackendSettings<Map<String, String>> settings = BackendSettings.activatedBy(
                name, key.name(), text(key), value -> new TreeMap<>(Map.of(key.name(), value)), declaration::backend);
        for (Setting setting : declared.subList(1, declared.size())) {
            String otherwise = setting.defaultValue();
            settings = otherwise == null
                    ? settings.id(setting.name(), text(setting), put(setting.name()))
                    : settings.text(setting.name(), otherwise, text(setting), put(setting.name()));
        }
        if (declaration.settingNames().contains(DeclarationReader.SALES)) {
            settings = settings.text(DeclarationReader.SALES, "api", SettingText.SALES, put(DeclarationReader.SALES));
        }
        String address = declaration.baseUrl();
        settings = address == null
                ? settings.id(DeclarationReader.BASE_URL, SettingText.BASE_URL, put(DeclarationReader.BASE_URL))
                : settings.text(
                        DeclarationReader.BASE_URL, address, SettingText.BASE_URL, put(DeclarationReader.BASE_URL));
        int documented = declaration.callsPerMinute();
        return settings.number(
                DeclarationReader.CALLS_PER_MINUTE, documented, SettingText.CALLS_PER_MINUTE, (values, calls) -> {
                    if (calls != documented) { // the declaration's own rate may be one of seconds
                        values.put(DeclarationReader.CALLS_PER_MINUTE, calls.toString());
                    }
                });
    }

    private static String text(Setting setting) {
        String description = setting.description();
        return description == null ? setting.name() : description;
    }

    private static BiConsumer<Map<String, String>, String> put(String name) {
        return (values, value) -> values.put(name, value);
    }
}
