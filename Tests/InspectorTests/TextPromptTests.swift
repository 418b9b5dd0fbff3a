import TerminalUI
import Testing

@testable import Inspector

struct TextPromptTests {
  private func typed(_ keys: [Key], _ prompt: TextPrompt = TextPrompt()) -> TextPrompt {
    var prompt = prompt
    for key in keys { _ = prompt.handle(key) }
    return prompt
  }

  private func letters(_ text: String) -> [Key] { text.map { .character($0) } }

  @Test func `letters are put in before the cursor`() {
    let prompt = typed(letters("ac") + [.left] + letters("b"))
    #expect(prompt.text == "abc")
    #expect(prompt.textBeforeCursor == "ab")
  }

  @Test func `Ctrl-W erases a word, Ctrl-U and Ctrl-K what is before and after the cursor`() {
    #expect(typed(letters("one two ") + [.control("w")]).text == "one ")
    #expect(typed(letters("abcd") + [.left, .left, .control("u")]).text == "cd")
    #expect(typed(letters("abcd") + [.left, .left, .control("k")]).text == "ab")
  }

  @Test func `Backspace in an empty prompt leaves it`() {
    var prompt = TextPrompt()
    #expect(prompt.handle(.backspace) == .cancelled)
  }

  @Test func `the history is walked with the arrows, and what was being typed comes back`() {
    var prompt = TextPrompt("new", history: ["first", "second"])
    _ = prompt.handle(.up)
    #expect(prompt.text == "second")
    _ = prompt.handle(.up)
    #expect(prompt.text == "first")
    #expect(prompt.handle(.up) == .kept)
    _ = prompt.handle(.down)
    _ = prompt.handle(.down)
    #expect(prompt.text == "new")
  }

  @Test func `the cursor stays in sight in a narrow prompt, also among wide characters`() {
    let prompt = typed(letters("日本語の関数名"))
    let (text, column) = prompt.visible(width: 6)
    #expect(column < 6)
    #expect(DisplayWidth.of(text) <= 6)
    #expect(prompt.visible(width: 0).column == 0)
  }

  @Test func `the text has an end`() {
    var prompt = TextPrompt(String(repeating: "x", count: TextPrompt.maximumLength))
    #expect(prompt.handle(.character("y")) == .kept)
    #expect(prompt.visible(width: 80).column == 79)
  }
}
