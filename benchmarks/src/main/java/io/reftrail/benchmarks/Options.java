package io.reftrail.benchmarks;

import java.util.Map;
import java.util.TreeMap;

/** The command line of a program: {@code --name=value} for some of the names that it knows. */
public final class Options {

    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a command line.
     *
     * @param defaults all names that the program knows, with the values they have when they are not given
     * @throws IllegalArgumentException if an argument is no option, or one of an unknown name
     */
    public static Options parse(String[] arguments, Map<String, String> defaults) {
        Map<String, String> values = new TreeMap<>(defaults);
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = argument.startsWith("--") && equals > 0 ? argument.substring(2, equals) : "";
            if (!defaults.containsKey(name)) {
                throw new IllegalArgumentException("'" + argument + "' is none of the options " + defaults);
            }
            values.put(name, argument.substring(equals + 1));
        }
        return new Options(values);
    }

    /** Returns the value of an option that the program knows. */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no option " + name);
        }
        return value;
    }

    /** As {@link #text}, for numbers. */
    public int number(String name) {
        return Integer.parseInt(text(name));
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
