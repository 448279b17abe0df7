package io.github.dae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.study.Outcome;
import io.github.dae4j.testing.IdxBytes;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a person's own images, from the files to what uses the model. */
class RunsOfImagesTest {

  @TempDir private Path folder;

  /** Red or blue squares on noise, 60 in all. */
  private Path pictures() throws IOException {
    Random random = new Random(5);
    Path photos = folder.resolve("photos");
    for (int i = 0; i < 60; i++) {
      String kind = i % 2 == 0 ? "red" : "blue";
      BufferedImage image = new BufferedImage(12, 9, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 12 * 9; pixel++) {
        boolean isInside = pixel % 12 > 3 && pixel % 12 < 9;
        int grey = random.nextInt(60);
        Color color = kind.equals("red") ? Color.RED : Color.BLUE;
        image.setRGB(
            pixel % 12,
            pixel / 12,
            isInside ? color.getRGB() : new Color(grey, grey, grey).getRGB());
      }
      Path file = Files.createDirectories(photos.resolve(kind)).resolve(i + ".png");
      ImageIO.write(image, "png", file.toFile());
    }
    return photos;
  }

  private Outcome train(Object data, String... more) {
    String[] all = new String[more.length + 3];
    all[0] = "train";
    all[1] = data.toString();
    all[2] = "--output=" + run();
    System.arraycopy(more, 0, all, 3, more.length);
    return Outcome.of(all);
  }

  private Path run() {
    return folder.resolve("run");
  }

  @Test
  void whatTrainingWouldMakeOfPicturesIsSaid() throws IOException {
    String photos = pictures().toString();
    assertThat(Outcome.of("inspect", photos).out())
        .isEqualTo(
            """
            photos: 60 images of 9 x 12 pixels (height x width) in colour
              classes 'blue' (30), 'red' (30)
              48 are trained on, 6 choose the best parameters, 6 measure the result
            """);
    assertThat(Outcome.of("inspect", photos + "/red", "--grey", "--size=4x5").out())
        .isEqualTo(
            """
            red: 30 images of 4 x 5 pixels (height x width) in grey
              classes none: trained without labels
              30 are trained on, the same choose the best parameters, and measure the result
            """);
    assertThat(Outcome.of("inspect", photos, "--json").out())
        .isEqualTo(
            "{'event':'result','data':'photos','images':60,'height':9,'width':12,'channels':3,"
                    .replace('\'', '"')
                + "'classes':{'blue':30,'red':30},'train':48,'validation':6,'test':6}\n"
                    .replace('\'', '"'));
    Path yaml = folder.resolve("photos.yaml");
    Files.writeString(yaml, Outcome.of("inspect", photos, "--yaml", "--size=6x8").out());
    assertThat(yaml).content().startsWith("# How photos is learnt.").contains("fine-tuning:");
    String[] brief = {"--set=pretraining.epochs=1", "--set=fine-tuning.epochs=1", "--size=6x8"};
    Outcome trained = train(yaml, brief[0], brief[1]);
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    Path again = folder.resolve("again");
    Outcome of = Outcome.of("train", photos, "-o=" + again, brief[0], brief[1], brief[2]);
    assertThat(of.exitCode()).as(of.err()).isZero();
    assertThat(again.resolve("model.zip")).hasSameBinaryContentAs(run().resolve("model.zip"));
  }

  @Test
  void aFolderOfPicturesInColourIsTrainedOnAndClassified() throws IOException {
    Outcome outcome =
        train(
            pictures(),
            "--size=6x8",
            "--set=pretraining.epochs=2",
            "--set=fine-tuning.epochs=12",
            "--set=stack.layers[0].units=20");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .containsPattern("layer 0 +epoch 2/2 ")
        .containsPattern("test +error 0.00 % of 6 images, F1 1.0000");
    assertThat(Files.readString(run().resolve("report.html")))
        .contains("Reconstructions", "Filters", ">blue</th>", ">red</th>");
    assertThat(Files.readString(run().resolve("configuration.yaml")))
        .contains("size:", "epochs: 2", "hold-out: 0.1");
    BufferedImage filters = ImageIO.read(run().resolve("filters.png").toFile());
    assertThat(filters.getWidth()).isEqualTo(10 * 9 - 1);
    assertThat(Outcome.of("evaluate", run().toString()).out()).contains("error 0.00 % of 6 images");
    assertPicturesAreUsed(folder.resolve("photos"));
    Path out = folder.resolve("all.png");
    assertThat(Outcome.of("filters", run().toString(), out.toString(), "--tiles=2x10").exitCode())
        .isZero();
    assertThat(ImageIO.read(out.toFile()).getHeight()).isEqualTo(2 * 7 - 1);
    assertThat(Outcome.of("resume", run().toString()).out()).startsWith("The run has finished.\n");
  }

  /** By each command, scaled as in training, with names of files and classes. */
  private void assertPicturesAreUsed(Path photos) throws IOException {
    List<String> codes = use("encode", photos);
    assertThat(codes).hasSize(61);
    assertThat(codes.get(0)).startsWith("file,code0,code1,");
    assertThat(codes.get(1)).startsWith("blue/1.png,");
    assertThat(use("predict", photos))
        .startsWith("file,predicted,p(blue),p(red)")
        .anyMatch(line -> line.startsWith("blue/1.png,blue,"))
        .anyMatch(line -> line.startsWith("red/0.png,red,"));
    assertThat(use("predict", photos.resolve("red").resolve("2.png")).get(1))
        .startsWith("2.png,red,");
    assertThat(use("score", photos, "--contamination=0.2")).startsWith("file,score,anomaly");
    assertThat(use("score", odd(), "--flagged")).hasSize(2).last().asString().endsWith(",yes");
    assertThat(use("reconstruct", photos, "--errors")).startsWith("file,error");
    assertThat(use("reconstruct", photos).get(0)).endsWith(",pixel143");
    String model = run().resolve("model.zip").toString();
    Path rebuilt = folder.resolve("rebuilt");
    assertThat(Outcome.of("reconstruct", model, photos.toString(), rebuilt.toString()).err())
        .isEqualTo("reconstruct: 60 images\n");
    Outcome onto = Outcome.of("reconstruct", model, photos.toString(), photos.toString());
    assertThat(onto.exitCode()).isEqualTo(2);
    assertThat(onto.err())
        .isEqualTo(
            "error: %1$s: must lie outside of %1$s, whose pictures would be replaced or joined\n"
                .formatted(photos));
    BufferedImage red = ImageIO.read(rebuilt.resolve("red").resolve("0.png").toFile());
    assertThat(red.getWidth()).isEqualTo(8);
    Color middle = new Color(red.getRGB(4, 3));
    assertThat(middle.getRed()).isGreaterThan(middle.getBlue() + 20);
    assertThat(Outcome.of("evaluate", model, photos.toString()).out())
        .contains("error 0.00 % of 60 images", "  blue   red\n", "mean of 60 images");
    assertThat(Outcome.of("evaluate", model, photos.resolve("red").toString()).out())
        .contains("mean of 30 images")
        .doesNotContain("F1");
    assertRefused("--top must be left out of pictures, got 1", "score", photos, "--top=1");
    assertRefused(
        "must be called as one of the model's classes, [blue, red]", "evaluate", odd().getParent());
    assertRefused(
        folder.resolve("none.png") + ": no such file or folder",
        "encode",
        folder.resolve("none.png"));
    Path other = Files.writeString(folder.resolve("other.webp"), "RIFF");
    for (String command : List.of("predict", "evaluate")) {
      assertRefused(
          other + ": must be a PNG, JPEG, GIF or BMP image, or a folder of images", command, other);
      assertRefused("must be a file or a folder, got nothing", command, Path.of(""));
    }
  }

  /** A white picture in a folder that is no class. */
  private Path odd() throws IOException {
    BufferedImage white = new BufferedImage(9, 12, BufferedImage.TYPE_INT_RGB);
    white.createGraphics().fillRect(0, 0, 9, 12);
    Path file = Files.createDirectories(folder.resolve("others/white")).resolve("w.png");
    ImageIO.write(white, "png", file.toFile());
    return file.getParent();
  }

  private List<String> use(String command, Path in, String... more) throws IOException {
    Path out = folder.resolve("out.csv");
    List<String> all =
        new ArrayList<>(List.of(command, run().toString(), in.toString(), out.toString()));
    all.addAll(List.of(more));
    Outcome outcome = Outcome.of(all.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return Files.readAllLines(out);
  }

  private void assertRefused(String reason, String command, Path in, String... more) {
    List<String> all = new ArrayList<>(List.of(command, run().toString(), in.toString()));
    if (!command.equals("evaluate")) {
      all.add(folder.resolve("refused.csv").toString());
    }
    all.addAll(List.of(more));
    Outcome outcome = Outcome.of(all.toArray(String[]::new));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains(reason).hasLineCount(1);
  }

  @Test
  void theShippedConfigurationTrains() throws IOException {
    Outcome outcome =
        train(
            Path.of("..", "configs", "images.yaml"),
            "--set=data.images=" + pictures(),
            "--set=pretraining.epochs=1",
            "--set=data.size=[4, 4]",
            "--json");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("{\"event\":\"epoch\"", "{\"event\":\"result\"");
  }

  /** What is held out is drawn anew, among them what was trained on. */
  @Test
  void aChangedPictureIsRefusedByEvaluateAndResume() throws IOException {
    Path photos = pictures();
    assertThat(
            train(photos, "--size=4x4", "--set=pretraining.epochs=1", "--set=fine-tuning=null")
                .exitCode())
        .isZero();
    Path report = run().resolve("report.json");
    assertThat(report).content().contains("\"ownImages\"", "\"images\" : 60");
    Path red = photos.resolve("red/0.png");
    Files.move(red, folder.resolve("0.png"));
    Outcome fewer = Outcome.of("evaluate", run().toString());
    assertThat(fewer.err())
        .isEqualTo(
            "error: photos: images have changed since training (60 then, 59 now), and some that were"
                + " trained on would be measured; 'dae4j evaluate %s FOLDER' measures pictures of"
                    .formatted(run())
                + " another folder\n");
    assertThat(fewer.exitCode()).isEqualTo(2);
    Files.writeString( // of an earlier version
        report, Files.readString(report).replaceFirst("\"ownImages\" : \\{[^}]*\\},", ""));
    assertThat(Outcome.of("evaluate", run().toString()).out()).contains("mean of 6 images");
    Files.move(folder.resolve("0.png"), red);
    Files.delete(report);
    Path moved = Files.move(photos, folder.resolve("moved"));
    assertThat(Outcome.of("resume", run().toString()))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "error: %s: no such file or folder; --data says where the data are, if they have moved\n"
                    .formatted(photos)));
    Files.move(moved, photos);
    for (int i = 0; i < 20; i += 2) { // some are held out
      BufferedImage black = new BufferedImage(12, 9, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(black, "png", photos.resolve("red").resolve(i + ".png").toFile());
    }
    Outcome changed = Outcome.of("resume", run().toString());
    assertThat(changed.exitCode()).isNotZero();
    assertThat(changed.err()).contains("cannot be resumed, for it has changed: ").hasLineCount(1);
  }

  @Test
  void idxFilesOfAnySizeAreTrainedOn() throws IOException {
    Path idx = Files.createDirectories(folder.resolve("idx"));
    Files.write(idx.resolve("train-images-idx3-ubyte"), IdxBytes.images(60, 5, 7));
    Files.write(
        idx.resolve("train-labels-idx1-ubyte"),
        IdxBytes.labels(IntStream.range(0, 60).map(i -> i % 3).toArray()));
    Outcome outcome = train(idx, "--set=pretraining.epochs=1", "--set=fine-tuning.epochs=1");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).containsPattern("error .* of 6 images");
  }

  @Test
  void aNumPyFileIsTrainedOn() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (55, 4, 6), }";
    String padded = header + " ".repeat(118 - 1 - header.length()) + "\n";
    bytes.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
    bytes.writeBytes(padded.getBytes(StandardCharsets.US_ASCII));
    byte[] pixels = new byte[55 * 24];
    new Random(1).nextBytes(pixels);
    bytes.writeBytes(pixels);
    Path file = Files.write(folder.resolve("a.npy"), bytes.toByteArray());
    Outcome outcome = train(file, "--set=pretraining.epochs=1");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .containsPattern("reconstruction error .*mean of 6 images")
        .doesNotContain("F1");
  }

  /** One sub-folder alone tells no classes apart. */
  @Test
  void picturesOfOneClassAreTrainedWithoutLabels() throws IOException {
    Path red = pictures().resolve("red");
    Path photos = Files.createDirectory(folder.resolve("one"));
    Files.move(red, photos.resolve("red"));
    Outcome outcome = train(photos, "--set=pretraining.epochs=1", "--set=stack.layers[0].units=3");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .startsWith(photos + ": all images are of one class, 'red': trained without labels\n")
        .doesNotContain("fine-tuning");
    Path configuration = run().resolve("configuration.yaml");
    Files.writeString(
        configuration,
        Files.readString(configuration) + "fine-tuning: {epochs: 1, updater: {adam: 0.001}}\n");
    Path other = folder.resolve("other/run");
    Outcome refused = Outcome.of("train", configuration.toString(), "--output=" + other);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("has but one class, 'red', where").hasLineCount(1);
    assertThat(other.getParent()).doesNotExist();
  }

  /** What a folder lacks is said before anything is written; nothing is left of the attempt. */
  @Test
  void aFolderWithoutPicturesSaysWhatItHolds() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Files.writeString(photos.resolve("a.webp"), "RIFF");
    Outcome outcome = train(photos);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .endsWith("one for each class; it holds 1 of other kinds, as a.webp\n")
        .hasLineCount(1);
    assertThat(run()).doesNotExist();
  }

  /** Before anything is written. */
  @Test
  void whatCannotBeTrainedIsRefused() throws IOException {
    Path photos = pictures();
    for (Path output : List.of(photos, photos.resolve("red/run"))) {
      Outcome inside = Outcome.of("train", photos.toString(), "--output=" + output);
      assertThat(inside)
          .isEqualTo(
              new Outcome(
                  2,
                  "",
                  "error: %s: must lie outside of %s, whose images the run's pictures would join: name"
                          .formatted(output, photos)
                      + " another --output\n"));
    }
    assertThat(photos.resolve("red/run")).doesNotExist();
    Outcome none = train(photos, "--set=data.test=0.5", "--set=data.hold-out=0.495");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err())
        .isEqualTo(
            "error: photos: data.test and data.hold-out must leave images to train on, got 0.5 and"
                + " 0.495 of 60, which are 30 and 30\n");
    assertThat(run()).doesNotExist();
  }

  @Test
  void optionsOfTablesAreRefused() throws IOException {
    for (List<String> command :
        List.of(
            List.of(pictures().toString(), "--label=x"),
            List.of("../configs/table.yaml", "--seed=3"))) {
      Outcome outcome = train(command.get(0), command.get(1));
      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.err()).contains("must be left out of ").hasLineCount(1);
    }
  }
}
