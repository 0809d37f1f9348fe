package dev.torii.engine.provider;

import dev.torii.engine.dialect.ClientDialect;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.StreamEvent;

/// What of an answer the client's dialect cannot say.
final class AnswerLosses {

    private static final String CITATIONS = "annotations";
    private static final String PICTURES = "image";
    private static final String LOGPROBS = "logprobs";

    private final ClientDialect client;
    private final Losses losses;
    private boolean weighed;

    AnswerLosses(ClientDialect client, Losses losses) {
        this.client = client;
        this.losses = losses;
    }

    /// Of an answer that came as a whole.
    void of(LlmAnswer answer) {
        for (LlmAnswer.Choice choice : answer.choices()) {
            for (Part part : choice.parts()) {
                if (part instanceof Part.Text text) {
                    text.annotations().forEach(_ -> cited());
                } else if (part instanceof Part.Image) {
                    shown();
                }
            }
            if (!choice.logprobs().isEmpty()) {
                weighed();
            }
        }
    }

    /// Of the next step of a streamed one.
    void take(StreamEvent event) {
        switch (event) {
            case StreamEvent.Cited _ -> cited();
            case StreamEvent.PartStart(_, _, StreamEvent.Opening.Image _) -> shown();
            case StreamEvent.Weighed _ -> weighed();
            default -> {}
        }
    }

    private void cited() {
        losses.droppedIf(!client.cites(), CITATIONS);
    }

    private void shown() {
        losses.droppedIf(!client.shows(), PICTURES);
    }

    /// They are lost once, however many tokens there are.
    private void weighed() {
        losses.droppedIf(!client.weighs() && !weighed, LOGPROBS);
        weighed = true;
    }
}
