package dev.torii.engine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TextTableTest {

    @Test
    void alignsTextLeftAndNumbersRight() {
        TextTable table = new TextTable("model", "requests", "cost");
        table.row("demo-model", "2", "0.0001");
        table.row("–", "10", "–");

        assertThat(table.lines())
                .containsExactly(
                        "model       requests    cost",
                        "demo-model         2  0.0001",
                        "–                 10       –");
    }

    @Test
    void countsTwoCellsForAFullWidthCharacter() {
        TextTable table = new TextTable("経路", "数");
        table.row("チャット", "1");
        table.row("chat", "22");

        assertThat(table.lines()).containsExactly("経路      数", "チャット   1", "chat      22");
    }

    @Test
    void countsNoCellForACombiningMark() {
        assertThat(TextTable.width("e\u0301")).isEqualTo(1);
        assertThat(TextTable.width("ｶﾞ")).isEqualTo(2);
        assertThat(TextTable.width("「")).isEqualTo(2);
    }
}
