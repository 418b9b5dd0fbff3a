import Testing

@testable import Inspector
@testable import proftui

struct EditorTests {
  private func editor(_ variables: [String: String]) -> Editor { Editor { variables[$0] } }

  @Test func `the editor is that of the environment, with its own arguments`() {
    #expect(editor(["VISUAL": "code -w", "EDITOR": "nano"]).command == ["code", "-w"])
    #expect(editor(["EDITOR": "nano"]).command == ["nano"])
    #expect(editor(["EDITOR": "  "]).command == ["vi"])
    #expect(editor([:]).command == ["vi"])
  }

  @Test func `no name of a file is taken for anything else`() {
    let vi = editor([:])
    #expect(vi.arguments(file: "/a b;rm -rf.go", line: 7) == ["vi", "+7", "/a b;rm -rf.go"])
    #expect(vi.arguments(file: "-c:!sh", line: 0) == ["vi", "./-c:!sh"])
  }

  @Test func `an editor that cannot run says what to set`() {
    #expect(
      throws: Failure("/nowhere/ed", "cannot be started: No such file or directory; set EDITOR")
    ) {
      try editor(["EDITOR": "/nowhere/ed"]).edit(file: "/x", line: 1)
    }
    #expect(throws: Never.self) { try editor(["EDITOR": "true"]).edit(file: "/x", line: 1) }
    #expect(throws: Failure("sh", "ended by signal 9")) {
      try Editor { _ in "sh -c kill\t-9\t$$" }.edit(file: "/x", line: 0)
    }
  }
}
