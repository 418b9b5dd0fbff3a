import Foundation
import ProfileFormats
import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

@Suite struct WritingTests {
  private let profile = Profile.stacks(
    ["main;work@w.go:1": 30, "main;work;deep": 20, "main;rest": 50], unit: "bytes")

  @Test func `the view is written as it is shown, with all its rows`() throws {
    let typed = try typing("s c W 1 C-a C-k \"top.txt\" Enter", at: 80, 12, in: profile)
    #expect(typed.message == "wrote top.txt")
    let lines = try #require(typed.files["top.txt"]).split(separator: "\n")
    #expect(lines[0].hasPrefix("test.pprof  Top  cpu"))
    #expect(lines[1].contains("CUM▾"))
    #expect(lines.count == 6)
    #expect(lines[2].hasSuffix("main"))
  }

  @Test func `tables hold exact values in the order that is shown`() throws {
    let typed = try typing("s n : \"write_csv_a.csv\" Enter", in: profile)
    #expect(
      typed.files["a.csv"]
        == "flat,cum,name\r\n20,20,deep\r\n0,100,main\r\n50,50,rest\r\n30,50,work\r\n")
  }

  @Test func `a tree's rows are those that are open`() throws {
    let typed = try typing("2 g C : \"write_a.csv\" Enter", in: profile)
    #expect(typed.files["a.csv"] == "depth,cum,flat,name\r\n0,100,0,main\r\n")
  }

  @Test func `the profile is written as the refinements leave it`() throws {
    let typed = try typing(
      ": \"focus_work\" Enter : \"write_a.folded\" Enter : \"write_pprof_b\" Enter", in: profile)
    #expect(typed.files["a.folded"] == "main;work 30\nmain;work;deep 20\n")
    #expect(typed.files["b"]?.isEmpty == false)
    #expect(typed.files.count == 2)
  }

  @Test func `a file that is there is asked about`() throws {
    let keys = ": \"write_a.folded\" Enter"
    let asked = try typing(keys, in: profile, files: ["a.folded": "mine"])
    #expect(asked.rows.contains { $0.contains("a.folded is there already") })
    #expect(asked.files["a.folded"] == "mine")
    for answer in ["n", "Esc", "Enter"] {
      let left = try typing("\(keys) \(answer)", in: profile, files: ["a.folded": "mine"])
      #expect(left.files["a.folded"] == "mine")
    }
    let replaced = try typing("\(keys) y", in: profile, files: ["a.folded": "mine"])
    #expect(replaced.files["a.folded"]?.hasPrefix("main;work 30") == true)
    #expect(replaced.message == "wrote a.folded")
  }

  @Test func `a name is proposed, and nothing is written without one`() throws {
    let prompt = try typing("W 8", in: profile, named: "../a b\u{1b}.heap.pb.gz")
    #expect(prompt.message == "write svg to: a-b-.heap.svg")
    let typed = try typing("W 8 C-a C-k Enter", in: profile)
    #expect(typed.files.isEmpty)
    #expect(typed.message.contains("no name given"))
  }

  @Test func `every view has a table of its values`() throws {
    func csv(_ keys: String) throws -> [Substring] {
      let typed = try typing("\(keys) : \"write_a.csv\" Enter", in: profile)
      return try #require(typed.files["a.csv"]).split(separator: "\r\n")
    }
    #expect(
      try csv("3") == [
        "depth,cum,flat,name", "0,100,0,all", "1,100,0,main", "2,50,50,rest", "2,50,30,work",
        "3,20,20,deep",
      ])
    #expect(
      try csv("/ \"work\" Enter 4") == [
        "role,calls,flat,cum,name", "caller,50,0,100,main", "symbol,,30,50,work",
        "callee,20,20,20,deep",
      ])
    #expect(
      try csv("/ \"work\" Enter 5") == [
        "file,line,flat,cum,function,source", "w.go,1,30,30,work,",
      ])
    #expect(try csv("7") == ["key,value,flat"])
    #expect(try csv("6")[0].hasPrefix("cause,type,rootType,"))
    #expect(try csv("8")[0].hasPrefix("rule,title,confidence,"))
    #expect(try csv("9")[0].hasPrefix("first,last,change,"))
    #expect(try csv("0")[1] == "Profile,file,test.pprof")
  }

  @Test func `what cannot be written says why`() throws {
    #expect(
      try typing(": \"write_x.y\" Enter", in: profile).message
        .hasPrefix("no form known by the ending of x.y"))
  }

  @Test func `Esc gives up what is being written, and then does what else it does`() throws {
    var inspector = try typing("", in: profile).inspector
    let escape = Event.input(.key(try #require(Key(name: "Esc"))))
    let requests = ["a.svg", "b.svg"].map { WriteRequest(path: $0) { _, _ in } }
    for request in requests { _ = inspector.handle(.writing(request)) }
    #expect(inspector.message?.text == "writing b.svg while you go on: Esc gives up")
    _ = inspector.handle(.writingEnded(requests[0]))
    #expect(inspector.handle(escape) == [.cancelWriting])
    #expect(inspector.message?.text == "gave up writing b.svg")
    #expect(inspector.handle(escape) == [])
  }

  @Test func `every view can be written as text`() throws {
    for name in ["names", "deep-300", "negative", "no-samples", "nameless"] {
      let profile = StrangeProfiles.named(name)
      for view in PaneFacts.all.map(\.key) {
        let typed = try typing("\(view) : \"write_t.txt\" Enter", at: 40, 9, in: profile)
        let text = try #require(typed.files["t.txt"])
        #expect(!text.contains("\u{1b}"))
        #expect(text.hasSuffix("\n"))
      }
    }
  }
}
