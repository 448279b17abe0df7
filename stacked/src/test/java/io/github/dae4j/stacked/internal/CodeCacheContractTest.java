package io.github.dae4j.stacked.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What every cache promises: what was written comes back, in any order, whatever it is made of. */
class CodeCacheContractTest {

  enum Kind {
    MEMORY {
      @Override
      CodeCache open(Path directory) {
        return new SegmentedCodeCache.InMemory();
      }
    },
    MAPPED {
      @Override
      CodeCache open(Path directory) {
        return new MappedCodeCache(directory, 0);
      }
    },
    WITHIN_BUDGET {
      @Override
      CodeCache open(Path directory) {
        return new CodeCache.Budgeted(directory, 1 << 20, 0);
      }
    },
    OUTGROWING_ITS_BUDGET {
      @Override
      CodeCache open(Path directory) {
        return new CodeCache.Budgeted(directory, 200, 0);
      }
    },
    EXPECTED_BEYOND_BUDGET {
      @Override
      CodeCache open(Path directory) {
        return new CodeCache.Budgeted(directory, 200, 1000);
      }
    };

    abstract CodeCache open(Path directory);
  }

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void rowsComeBackInTheOrderAskedFor(Kind kind) {
    INDArray x = Nd4j.rand(DataType.FLOAT, 23, 5);
    try (CodeCache cache = filled(kind, x, 4)) {
      assertThat(cache.rows()).isEqualTo(23);
      assertThat(cache.bytes()).isEqualTo(23 * 5 * Float.BYTES);
      assertThat(cache.read(IntStream.range(0, 23).toArray())).isEqualTo(x);
      int[] some = {22, 0, 7, 7, 3};
      assertThat(cache.read(some)).isEqualTo(x.getRows(some));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyTypeAndRank(Kind kind) {
    for (DataType type : List.of(DataType.DOUBLE, DataType.BFLOAT16, DataType.UINT8)) {
      INDArray x = Nd4j.rand(DataType.FLOAT, 6, 2, 3).muli(100).castTo(type);
      try (CodeCache cache = filled(kind, x, 4)) {
        INDArray back = cache.read(new int[] {0, 1, 2, 3, 4, 5});
        assertThat(back).isEqualTo(x);
        assertThat(back.dataType()).isEqualTo(type);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void viewsAndFortranOrderAreStoredByTheirValues(Kind kind) {
    INDArray wide = Nd4j.rand('f', 9, 8);
    INDArray view = wide.get(NDArrayIndex.all(), NDArrayIndex.interval(2, 5));
    try (CodeCache cache = filled(kind, view, 9)) {
      assertThat(cache.read(new int[] {8, 1})).isEqualTo(view.getRows(8, 1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsReadLivesInTheWorkspaceThatIsOpen(Kind kind) {
    INDArray x = Nd4j.rand(10, 3);
    try (CodeCache cache = filled(kind, x, 10)) {
      for (int round = 0; round < 3; round++) {
        try (MemoryWorkspace workspace =
            Nd4j.getWorkspaceManager().getAndActivateWorkspace("CodeCacheContractTest")) {
          INDArray read = cache.read(new int[] {4, 5});
          assertThat(read.isAttached()).isTrue();
          assertThat(read).isEqualTo(x.getRows(4, 5));
          assertThat(workspace.isScopeActive()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void unlikeRowsAreRefused(Kind kind) {
    try (CodeCache cache = filled(kind, Nd4j.rand(DataType.FLOAT, 4, 3), 4)) {
      assertThatThrownBy(() -> cache.append(Nd4j.rand(DataType.FLOAT, 4, 2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("every example must be FLOAT [3] like the first, got FLOAT [2]");
      assertThatThrownBy(() -> cache.append(Nd4j.rand(DataType.DOUBLE, 4, 3)))
          .hasMessage("every example must be FLOAT [3] like the first, got DOUBLE [3]");
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsAddedOnceRowsWereRead(Kind kind) {
    INDArray x = Nd4j.rand(4, 3);
    try (CodeCache cache = filled(kind, x, 4)) {
      cache.read(new int[] {0});
      assertThatThrownBy(() -> cache.append(x)).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLeftBehind(Kind kind) throws IOException {
    CodeCache cache = filled(kind, Nd4j.rand(DataType.FLOAT, 20, 8), 4);
    cache.read(new int[] {1});
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.count()).isEqualTo(cache.place() == CodeCache.Place.FILE ? 1 : 0);
    }
    cache.close();
    cache.close();
    assertThat(directory).isEmptyDirectory();
  }

  private CodeCache filled(Kind kind, INDArray x, int size) {
    CodeCache cache = kind.open(directory);
    for (long from = 0; from < x.size(0); from += size) {
      long to = Math.min(from + size, x.size(0));
      cache.append(x.get(NDArrayIndex.interval(from, to)));
    }
    return cache;
  }
}
