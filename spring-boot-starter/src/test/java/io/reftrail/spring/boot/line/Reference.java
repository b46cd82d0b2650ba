package io.reftrail.spring.boot.line;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.FieldVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;

/**
 * A class, or a method or field of one, as byte code names it (JVMS, section 4.4).
 *
 * @param owner the class's internal name
 * @param member the name and descriptor; {@code null} for the class itself
 */
record Reference(String owner, @Nullable String member) {

    /** Whether the class is there and it, or one that it inherits from, has the member (JVMS, sections 5.4.3.1 to 5.4.3.4). */
    boolean resolves() {
        return resolves(owner);
    }

    private boolean resolves(String type) {
        byte[] code = code(type);
        if (code == null) {
            return false;
        }
        if (member == null) {
            return true;
        }
        Members members = new Members(type.startsWith("io/reftrail/"));
        new ClassReader(code).accept(members, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        return members.names.contains(member) || members.parents.stream().anyMatch(this::resolves);
    }

    private static byte @Nullable [] code(String type) {
        try (InputStream file = ClassLoader.getSystemResourceAsStream(type + ".class")) {
            return file == null ? null : file.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String toString() {
        return member == null ? owner : owner + "." + member;
    }

    private static final class Members extends ClassVisitor {

        private final List<String> names = new ArrayList<>();
        private final List<String> parents = new ArrayList<>();
        private final boolean ours;

        Members(boolean ours) {
            super(Opcodes.ASM9);
            this.ours = ours;
        }

        /** What others keep to themselves might as well not be there (JVMS, section 5.4.4). */
        private void add(int access, String name) {
            if (ours || (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0) {
                names.add(name);
            }
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String parent,
                String @Nullable [] interfaces) {
            if (parent != null) {
                parents.add(parent);
            }
            if (interfaces != null) {
                parents.addAll(List.of(interfaces));
            }
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            add(access, name + descriptor);
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            add(access, name + descriptor);
            return null;
        }
    }
}
