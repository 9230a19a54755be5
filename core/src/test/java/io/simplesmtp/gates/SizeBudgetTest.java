package io.simplesmtp.gates;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** No file over 400 lines; in main sources no method over 40, no class over 12 fields. */
class SizeBudgetTest {

  private static final int FILE_LINES = 400;
  private static final int METHOD_LINES = 40;
  private static final int FIELDS = 12;
  private static final int PARAMETERS = 6;

  @Test
  void filesStayWithinTheirBudget() throws IOException {
    List<String> excess = new ArrayList<>();
    for (Path file : Sources.all()) {
      try (Stream<String> lines = Files.lines(file)) {
        long count = lines.count();
        if (count > FILE_LINES) {
          excess.add(Sources.root().relativize(file) + ": " + count + " lines");
        }
      }
    }
    assertThat(excess).isEmpty();
  }

  @Test
  void methodsAndClassesStayWithinTheirBudget() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> excess = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(Sources.main()));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Meter(unit, positions, excess).scan(unit, null);
      }
    }
    assertThat(excess).isEmpty();
  }

  private static final class Meter extends TreeScanner<Void, Void> {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> excess;
    private boolean inRecord;

    Meter(CompilationUnitTree unit, SourcePositions positions, List<String> excess) {
      this.unit = unit;
      this.positions = positions;
      this.excess = excess;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      if (method.getBody() != null) {
        Tree body = method.getBody();
        long first = line(positions.getStartPosition(unit, body));
        long last = line(positions.getEndPosition(unit, body));
        check(method.getName() + "()", "lines", last - first + 1, METHOD_LINES);
      }
      if (!method.getName().contentEquals("<init>") || !inRecord) {
        check(method.getName() + "()", "parameters", method.getParameters().size(), PARAMETERS);
      }
      return super.visitMethod(method, null);
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      long fields =
          type.getMembers().stream()
              .filter(m ->
                  type.getKind() != Tree.Kind.ENUM
                      && m instanceof VariableTree field
                      && !field.getModifiers().getFlags().contains(Modifier.STATIC))
              .count();
      check(type.getSimpleName().toString(), "fields", fields, FIELDS);
      boolean outer = inRecord;
      inRecord = type.getKind() == Tree.Kind.RECORD;
      super.visitClass(type, null);
      inRecord = outer;
      return null;
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }

    private void check(String what, String unitOfMeasure, long count, long budget) {
      if (count > budget) {
        String file = Sources.root().relativize(Path.of(unit.getSourceFile().toUri())).toString();
        excess.add(file + ": " + what + " has " + count + " " + unitOfMeasure);
      }
    }
  }
}
