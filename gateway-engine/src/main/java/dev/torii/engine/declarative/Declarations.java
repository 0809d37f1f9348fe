package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigSnapshot;
import java.util.List;

/// Reads declarative configurations, and says what importing one would do. It changes nothing
/// itself.
public final class Declarations {

    private final EntityMaker maker;

    public Declarations(EntityMaker maker) {
        this.maker = maker;
    }

    /// How a file is read.
    ///
    /// @param variables what `${{ env "DECK_…" }}` stands for
    /// @param mode what becomes of stored entities that the file does not have
    /// @param selectTags besides those that the file names
    /// @param skipUnsupported whether what Torii does not have is left out, with a note for each,
    ///   rather than refused
    public record Options(
            Variables variables,
            ImportMode mode,
            List<String> selectTags,
            boolean skipUnsupported) {

        public static final Options PLAIN =
                new Options(Variables.NONE, ImportMode.SYNC, List.of(), false);

        public Options {
            selectTags = List.copyOf(selectTags);
        }
    }

    /// What importing the text into the configuration would do.
    ///
    /// @throws BadConfigException with everything that is wrong with it
    public ImportPlan plan(String text, Options options, ConfigSnapshot current)
            throws BadConfigException {
        return plan(DocumentText.read(text, options.variables()), options, current);
    }

    /// Likewise, of a document that has been read before.
    public ImportPlan plan(ObjectNode json, Options options, ConfigSnapshot current)
            throws BadConfigException {
        return plan(Located.nowhere(json), options, current);
    }

    private ImportPlan plan(Located root, Options options, ConfigSnapshot current)
            throws BadConfigException {
        FileDocument document =
                DocumentReader.read(root, options.selectTags(), options.skipUnsupported(), maker);
        boolean othersStay = options.mode() == ImportMode.MERGE || !document.selectTags().isEmpty();
        List<DesiredEntity> desired = new Composer(document, current, maker, othersStay).compose();
        return new Planner(document, desired, current).plan(options.mode(), maker);
    }

    /// The document in the text, as a tree.
    public static ObjectNode parse(String text) throws BadConfigException {
        return (ObjectNode) DocumentText.read(text, Variables.NONE).json();
    }
}
