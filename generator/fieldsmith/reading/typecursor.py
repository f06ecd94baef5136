"""Tokens of a type -> one token after another, for the grammar in `typetext`; each step takes what it has seen."""

from __future__ import annotations

from fieldsmith.reading.typetokens import Token, TypeTrouble

_SPELLED = ("name", "mark", "number")  # tokens that a phrase may be made of

class Cursor:
    """A place between tokens; names are compared in lower case where the notation is `caseless`."""

    def __init__(self, tokens: list[Token], *, caseless: bool) -> None:
        self.tokens = tokens
        self.caseless = caseless
        self.at = 0

    def peek(self) -> str:
        token = self.tokens[self.at]
        return token.text if token.kind == "mark" else ""

    def take(self) -> Token:
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def accept(self, mark: str) -> bool:
        if self.peek() != mark:
            return False
        self.at += 1
        return True

    def expect(self, mark: str) -> None:
        if not self.accept(mark):
            raise TypeTrouble(f"{mark!r} is missing before {self.found()}")

    def expect_end(self) -> None:
        if self.tokens[self.at].kind != "end":
            raise TypeTrouble(f"{self.found()} stands after the end of the type")

    def found(self) -> str:
        token = self.tokens[self.at]
        if token.kind == "end":
            return "the end"
        return "the end of a link" if token.kind == "linkend" else ascii(token.text[:40])

    def accept_words(self, phrase: str) -> bool:
        """Whether the next tokens are these words, marks and numbers, which are then taken."""
        words = phrase.split(" ")
        found = [token.text for token in self.tokens[self.at : self.at + len(words)] if token.kind in _SPELLED]
        if [self.cased(text) for text in found] != words:
            return False
        self.at += len(words)
        return True

    def cased(self, word: str) -> str:
        return word.lower() if self.caseless else word

    def ahead(self, by: int) -> str:
        token = self.tokens[min(self.at + by, len(self.tokens) - 1)]
        return token.text if token.kind == "mark" else ""

    def in_link(self) -> bool:
        """Whether the bracket just taken opens a link, rather than a list: whether its own closing one has a target."""
        depth = 1
        for token in self.tokens[self.at :]:
            depth += (token.text == "[") - (token.text == "]" or token.kind == "linkend")
            if not depth:
                return token.kind == "linkend"
        return True
