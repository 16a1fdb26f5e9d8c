package io.lexiscope.cli.terminal;

import java.lang.reflect.Constructor;
import picocli.CommandLine;

/// Makes commands with what they need: a configuration and a terminal.
public record CommandFactory(CliConfiguration configuration, Terminal terminal)
    implements CommandLine.IFactory {

  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 2
          && constructor.getParameterTypes()[0] == CliConfiguration.class) {
        return type.cast(constructor.newInstance(configuration, terminal));
      }
    }
    return CommandLine.defaultFactory().create(type);
  }
}
