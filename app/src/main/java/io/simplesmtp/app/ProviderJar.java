package io.simplesmtp.app;

import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.Provider;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * A security provider out of a jar, which stays open as long as the program runs. It sees the
 * classes of Java, not those of the program.
 */
final class ProviderJar {

  private ProviderJar() {}

  /**
   * Loads {@code JAR}, which declares its provider as a service, or {@code JAR#CLASS}.
   *
   * @throws IllegalArgumentException saying in one line why there is no provider
   */
  static Provider load(String text) {
    int mark = text.lastIndexOf('#');
    Path jar = path(mark < 0 ? text : text.substring(0, mark));
    if (!Files.isReadable(jar) || Files.isDirectory(jar)) {
      throw new IllegalArgumentException(jar + ": no such file, or it cannot be read");
    }
    try {
      var loader =
          new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
      return mark < 0 ? declared(jar, loader) : named(text.substring(mark + 1), loader);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(jar + ": the provider fails: " + e.getCause(), e);
    } catch (ReflectiveOperationException
        | ClassCastException
        | LinkageError
        | ServiceConfigurationError
        | MalformedURLException e) {
      throw new IllegalArgumentException(jar + ": no provider can be loaded: " + e, e);
    }
  }

  private static Provider declared(Path jar, ClassLoader loader) {
    return ServiceLoader.load(Provider.class, loader).stream()
        .filter(found -> loader.equals(found.type().getClassLoader())) // Java has many of its own
        .findFirst()
        .map(ServiceLoader.Provider::get)
        .orElseThrow(() ->
            new IllegalArgumentException(
                jar + " declares no provider: name its class, as in " + jar + "#CLASS"));
  }

  private static Provider named(String name, ClassLoader loader)
      throws ReflectiveOperationException {
    return loader.loadClass(name).asSubclass(Provider.class).getDeclaredConstructor().newInstance();
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(text + " is no path: " + e.getReason(), e);
    }
  }
}
