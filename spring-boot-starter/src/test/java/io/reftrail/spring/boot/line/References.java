package io.reftrail.spring.boot.line;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.AnnotationVisitor;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;

/** Collects what a class uses of other people's: what it names, calls, inherits from and is annotated with. */
final class References extends ClassVisitor {

    private final Set<Reference> found = new HashSet<>();

    References() {
        super(Opcodes.ASM9);
    }

    Set<Reference> found() {
        return found;
    }

    /** The JDK's are checked by the compiler ({@code --release}). Array types have the members of objects. */
    private static boolean isOthers(String owner) {
        return !owner.startsWith("java/") && !owner.startsWith("javax/") && !owner.startsWith("[");
    }

    private void type(Type type) {
        switch (type.getSort()) {
            case Type.ARRAY -> type(type.getElementType());
            case Type.METHOD -> {
                type(type.getReturnType());
                for (Type argument : type.getArgumentTypes()) {
                    type(argument);
                }
            }
            case Type.OBJECT -> owner(type.getInternalName());
            default -> {}
        }
    }

    private void owner(String name) {
        if (name.startsWith("[")) {
            type(Type.getType(name));
        } else if (isOthers(name)) {
            found.add(new Reference(name, null));
        }
    }

    private void member(String owner, String name, String descriptor) {
        type(Type.getType(descriptor));
        if (isOthers(owner)) {
            found.add(new Reference(owner, name + descriptor));
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
            owner(parent);
        }
        if (interfaces != null) {
            for (String each : interfaces) {
                owner(each);
            }
        }
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        if (visible) {
            type(Type.getType(descriptor));
        }
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        type(Type.getType(descriptor));
        return new Code();
    }

    private final class Code extends MethodVisitor {

        Code() {
            super(Opcodes.ASM9);
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return References.this.visitAnnotation(descriptor, visible);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            owner(type);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            member(owner, name, descriptor);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            member(owner, name, descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            type(Type.getType(descriptor));
            for (Object argument : arguments) {
                visitLdcInsn(argument);
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof Handle handle) {
                member(handle.getOwner(), handle.getName(), handle.getDesc());
            } else if (value instanceof Type type) {
                type(type);
            }
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
            if (type != null) {
                owner(type);
            }
        }
    }
}
