package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CourseTest {

  private static final int SAMPLES = 40;

  @ParameterizedTest
  @CsvSource({
    "1000, 0, 0, 0, resident KiB",
    "0, 500, 0, 0, heap KiB",
    "0, 0, 1, 0, descriptors",
    "0, 0, 0, 1, threads"
  })
  void whatGrowsIsNamed(long resident, long heap, long descriptors, long threads, String name)
      throws IOException {
    Course course = course(resident, heap, descriptors, threads);
    assertThatThrownBy(() -> course.checkFlat(1)).hasMessageContaining("[" + name + ", at first ");
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0, 0", "400, 100, 0, 0", "-1000, -500, -1, -1"})
  void whatHardlyGrowsOrShrinksIsFlat(long resident, long heap, long descriptors, long threads)
      throws IOException {
    Course course = course(resident, heap, descriptors, threads);
    assertThatCode(() -> course.checkFlat(1)).doesNotThrowAnyException();
  }

  /** What is there at first, and what is added with each sample. */
  private static Course course(long resident, long heap, long descriptors, long threads)
      throws IOException {
    Course course = new Course("course");
    for (int i = 0; i < SAMPLES; i++) {
      Vitals vitals = new Vitals(99_000 + i * resident, 50 + i * descriptors, 50 + i * threads);
      OptionalLong kib = i % 3 == 0 ? OptionalLong.of(30_000 + i * heap) : OptionalLong.empty();
      course.add(new Course.Row(i, vitals, kib, 0));
    }
    return course;
  }
}
