package io.lexiscope.cli.flow;

import io.lexiscope.base.WholeFile;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.workbench.flow.FlowPicture;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// Paints a graph into a PNG, at twice its size.
final class FlowImage {
  private static final int SCALE = 2;

  /// Most pixels of an image; larger graphs are painted smaller.
  private static final double MOST = 60e6;

  private FlowImage() {}

  static void write(FlowPicture picture, Path file) {
    try {
      BufferedImage image = paint(picture);
      WholeFile.write(file, part -> ImageIO.write(image, "png", part.toFile()));
    } catch (IOException unwritable) {
      throw new UsageException(
          "-o: expected a file that can be written, got "
              + unwritable.getClass().getSimpleName()
              + " at "
              + file
              + "; name another");
    }
  }

  private static BufferedImage paint(FlowPicture picture) {
    double area = picture.width() * picture.height();
    double scale = Math.min(SCALE, Math.sqrt(MOST / area));
    BufferedImage image =
        new BufferedImage(
            (int) Math.ceil(scale * picture.width()),
            (int) Math.ceil(scale * picture.height()),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setColor(Color.decode(picture.ground()));
    pen.fillRect(0, 0, image.getWidth(), image.getHeight());
    pen.scale(scale, scale);
    for (FlowPicture.Curve curve : picture.curves()) {
      pen.setComposite(
          AlphaComposite.getInstance(
              AlphaComposite.SRC_OVER, curve.colour().length() > 7 ? 0.3f : 0.85f));
      pen.setColor(Color.decode(curve.colour().substring(0, 7)));
      pen.setStroke(
          curve.dashed()
              ? new BasicStroke((float) curve.width(), 0, 0, 10, /* dash= */ new float[] {3, 3}, 0)
              : new BasicStroke((float) curve.width()));
      double x = (curve.from().x() + curve.to().x()) / 2;
      double y = (curve.from().y() + curve.to().y()) / 2;
      pen.draw(
          picture.across()
              ? new CubicCurve2D.Double(
                  curve.from().x(),
                  curve.from().y(),
                  x,
                  curve.from().y(),
                  x,
                  curve.to().y(),
                  curve.to().x(),
                  curve.to().y())
              : new CubicCurve2D.Double(
                  curve.from().x(),
                  curve.from().y(),
                  curve.from().x(),
                  y,
                  curve.to().x(),
                  y,
                  curve.to().x(),
                  curve.to().y()));
    }
    pen.setComposite(AlphaComposite.SrcOver);
    pen.setStroke(new BasicStroke(1));
    for (FlowPicture.Dot dot : picture.dots()) {
      var circle =
          new Ellipse2D.Double(
              dot.at().x() - dot.radius(),
              dot.at().y() - dot.radius(),
              2 * dot.radius(),
              2 * dot.radius());
      pen.setColor(Color.decode(dot.colour()));
      pen.fill(circle);
      pen.setColor(Color.decode("#475160"));
      pen.draw(circle);
    }
    pen.setColor(Color.decode(picture.ink()));
    for (FlowPicture.Word word : picture.words()) {
      pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, (int) word.size()));
      double left =
          word.centred()
              ? word.at().x() - pen.getFontMetrics().stringWidth(word.text()) / 2.0
              : word.at().x();
      pen.drawString(word.text(), (float) left, (float) word.at().y());
    }
    pen.dispose();
    return image;
  }
}
