package io.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks how Javadoc of the published modules begins: with a noun phrase for a type, with a third-person verb for a method
 * (CONTRIBUTING.md, "Style").
 */
class JavadocStyleTests {

    private static final Path ROOT = Path.of("..");

    private static final List<String> MODULES =
            List.of("core", "servlet-filter", "security-integration", "payments", "spring-boot-starter", "test-kit");

    private static final Pattern QUESTION = Pattern.compile("(?:What|Whether|Who|Whose|How|Where|That|When|If)\\b.*");

    /** Verbs that no noun is written like. */
    private static final Pattern VERB = Pattern.compile(
            "(?:Asks|Begins|Brings|Builds|Decides|Does|Ends|Finds|Gives|Goes|Has|Hears|Holds|Is|Keeps|Knows|Lets|Looks|Makes|Reads|Says"
                    + "|Sends|Stores|Takes|Tells|Turns|Wakes|Writes)\\b.*");

    /** One word that ends in an s, such as "Returns"; "Adds or replaces" is fine, too. */
    private static final Pattern THIRD_PERSON = Pattern.compile("(?:[A-Z][a-z]+s|Called)\\b.*");

    @Test
    void publishedTypesBeginWithANounPhraseAndMethodsWithAVerb() throws IOException {
        List<String> found = new ArrayList<>();
        for (String module : MODULES) {
            check(ROOT.resolve(module).resolve("src/main/java"), found);
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Whether it is open.", "The number of events.", "Is called at the end.\n"})
    void methodsDoNotBeginLikeThis(String text) {
        assertThat(isVerb(text) && !text.startsWith("Is ")).isFalse();
    }

    private static boolean isVerb(String text) {
        return THIRD_PERSON.matcher(text.lines().findFirst().orElse("")).matches();
    }

    private static boolean isNounPhrase(String text) {
        String line = text.lines().findFirst().orElse("");
        return !QUESTION.matcher(line).matches() && !VERB.matcher(line).matches();
    }

    private static void check(Path sources, List<String> found) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
                Stream<Path> files = Files.walk(sources)) {
            List<File> java = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toFile)
                    .toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    manager,
                    diagnostic -> {},
                    List.of("-proc:none"),
                    null,
                    manager.getJavaFileObjectsFromFiles(java));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Beginnings(trees, unit, found).scan(unit, null);
            }
        }
    }

    private static final class Beginnings extends TreePathScanner<Void, Void> {

        private final DocTrees trees;
        private final CompilationUnitTree unit;
        private final List<String> found;

        private Beginnings(DocTrees trees, CompilationUnitTree unit, List<String> found) {
            this.trees = trees;
            this.unit = unit;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            String text = begin();
            if (!text.isEmpty() && !isPrivate(type.getModifiers()) && !isNounPhrase(text)) {
                add(type, text);
            }
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            String text = begin();
            boolean isConstructor = method.getReturnType() == null;
            if (!text.isEmpty() && !isConstructor && !isExempt(method) && !isVerb(text)) {
                add(method, text);
            }
            return super.visitMethod(method, null);
        }

        /** A comment on these adds to what the overridden method, the annotation or the name says. */
        private boolean isExempt(MethodTree method) {
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation -> annotation.toString().startsWith("@Override"));
            Tree type = getCurrentPath().getParentPath().getLeaf();
            return overrides || isPrivate(method.getModifiers()) || type.getKind() == Tree.Kind.ANNOTATION_TYPE;
        }

        private static boolean isPrivate(ModifiersTree modifiers) {
            return modifiers.getFlags().contains(Modifier.PRIVATE);
        }

        private String begin() {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment == null) {
                return "";
            }
            StringBuilder text = new StringBuilder();
            comment.getFullBody().forEach(text::append);
            return text.toString().strip();
        }

        private void add(Tree tree, String text) {
            long line =
                    unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
            String file = ROOT.toUri().relativize(unit.getSourceFile().toUri()).getPath();
            found.add(file.replaceFirst(".*/(?=[^/]+/src/main)", "") + ":" + line + ": "
                    + text.lines().findFirst().orElse(""));
        }
    }
}
