package dev.torii.engine.command;

import picocli.CommandLine.Command;

/// `torii config …`: the whole configuration as a file. Its commands do the work.
@Command(
        name = "config",
        description = {
            "Bring in, write out, compare and check a whole configuration as a kong.yaml file.",
        },
        footer = {
            "",
            "They ask the engine that runs on the data folder; when none runs, they work on the folder"
                    + " itself.",
            "",
            "Examples:",
            "  torii config validate kong.yaml   is it right?",
            "  torii config diff kong.yaml       what would change?",
            "  torii config import kong.yaml     shows that, asks, and does it",
            "  torii config export kong.yaml     writes what there is, for Torii or Kong"
        },
        synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand {}
