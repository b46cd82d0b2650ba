package io.reftrail.security;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A class path on which some of Spring Security's modules are missing; what of ours could need them is loaded anew. */
final class WithoutModules extends ClassLoader {

    private static final String OURS = DefaultCustomerResolver.class.getPackageName() + ".";

    private final List<String> hidden;

    /** @param modules the beginnings of their packages below {@code org.springframework.security} */
    WithoutModules(List<String> modules) {
        super(DefaultCustomerResolver.class.getClassLoader());
        this.hidden = modules.stream()
                .map(module -> "org.springframework.security." + module)
                .toList();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (hidden.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(OURS) || name.equals(CustomerResolver.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = file.readAllBytes();
            return defineClass(name, code, 0, code.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }
}
