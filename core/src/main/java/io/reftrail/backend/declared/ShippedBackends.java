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
 * The declarations that come with Reftrail, as vendors that properties and init-params configure. The first setting of a
 * declaration activates its backend.
 */
public final class ShippedBackends implements BackendProvider {

    /** For the service loader. */
    public ShippedBackends() {}

    @Override
    public List<String> backends() {
        return BackendDeclaration.shipped();
    }

    @Override
    public BackendSettings<?> settings(String name) {
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
        if (declaration.settingNames().contains(DeclarationReader.CODES)) {
            settings = settings.list(
                            DeclarationReader.CODES,
                            List.of(),
                            "nora",
                            SettingText.CODES,
                            (values, codes) -> values.put(DeclarationReader.CODES, String.join(",", codes)))
                    .optionalText(
                            DeclarationReader.CODE_PATTERN,
                            "[a-z0-9-]{3,40}",
                            SettingText.CODE_PATTERN,
                            put(DeclarationReader.CODE_PATTERN));
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
