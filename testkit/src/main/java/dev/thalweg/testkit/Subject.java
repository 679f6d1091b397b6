package dev.thalweg.testkit;

/** What scripts are made up for and played on: one structure, or a document of all. */
public interface Subject {
    /** The name in replay files and on the command line. */
    String name();

    /** Makes up a script and runs it. Never throws for what is wrong with the subject. */
    RandomRunner.Run generate(int seed);

    /** Runs a given script. Never throws for what is wrong with the subject. */
    RandomRunner.Run play(Script script);
}
