package dev.torii.desktop.lab;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// A message that is being written.
public final class MessageDraft {

    /// Who speaks, by the words of the wire.
    public enum Role {
        SYSTEM("system"),
        USER("user"),
        ASSISTANT("assistant");

        private final String wire;

        Role(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }

    private final ObjectProperty<Role> role;
    private final StringProperty text;

    public MessageDraft(Role role, String text) {
        this.role = new SimpleObjectProperty<>(role);
        this.text = new SimpleStringProperty(text);
    }

    public ObjectProperty<Role> role() {
        return role;
    }

    public StringProperty text() {
        return text;
    }
}
