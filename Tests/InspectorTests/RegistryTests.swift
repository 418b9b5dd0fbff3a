import Inspector
import TestSupport
import Testing

@Test func `every pane that is written is listed`() {
  let written = familyMembers(in: "Sources/Inspector/Panes", ending: "Pane", except: [])
  #expect(!written.isEmpty)
  #expect(Set(Panes.all.map { String(describing: $0) }) == written)
}
