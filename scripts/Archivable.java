import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Copies a jar, its classes written in a format that the JVM archives for a fast start: it leaves out those from before Java 6, which bring no stack maps.
///
///     java scripts/Archivable.java FROM.jar TO.jar
class Archivable {
  /// The first format whose classes must have stack maps.
  private static final int WITH_STACK_MAPS = ClassFile.JAVA_7_VERSION;

  static void main(String[] arguments) throws IOException {
    Path from = Path.of(arguments[0]);
    try (JarFile jar = new JarFile(from.toFile());
        URLClassLoader classes = new URLClassLoader(new URL[] {from.toUri().toURL()});
        OutputStream out = Files.newOutputStream(Path.of(arguments[1]));
        JarOutputStream copy = new JarOutputStream(out)) {
      ClassFile format =
          ClassFile.of(
              ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        copy.putNextEntry(new JarEntry(entry.getName()));
        try (InputStream bytes = jar.getInputStream(entry)) {
          byte[] content = bytes.readAllBytes();
          copy.write(entry.getName().endsWith(".class") ? renewed(format, content) : content);
        }
        copy.closeEntry();
      }
    }
  }

  private static byte[] renewed(ClassFile format, byte[] content) {
    var parsed = format.parse(content);
    if (parsed.majorVersion() >= WITH_STACK_MAPS || parsed.isModuleInfo()) {
      return content;
    }
    ClassTransform newer =
        (builder, element) ->
            builder.with(element instanceof ClassFileVersion ? ClassFileVersion.of(WITH_STACK_MAPS, 0) : element);
    // Bodies go through a transformation that changes nothing, because those that do not are copied without stack maps.
    return format.transformClass(parsed, newer.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
  }
}
