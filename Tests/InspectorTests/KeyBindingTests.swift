import Foundation
import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

struct KeyBindingTests {
  @Test(arguments: PaneFacts.all.indices)
  func `no key of a view has two meanings`(pane: Int) {
    var seen: [Key: Command] = [:]
    for binding in PaneFacts.all[pane].bindings + GlobalKeys.bindings {
      for key in binding.keys {
        #expect(seen[key] == nil, "\(key.name) is \(binding.command.name) and more")
        seen[key] = binding.command
      }
    }
  }

  @Test func `a command's name means one thing`() {
    var summaries: [String: String] = [:]
    for pane in PaneFacts.all {
      for command in pane.commands {
        let known = summaries[command.name] ?? command.summary
        #expect(known == command.summary)
        summaries[command.name] = command.summary
      }
    }
  }

  @Test(arguments: PaneFacts.all.indices)
  func `help has every key of the view and what its columns mean`(pane: Int) {
    let pane = PaneFacts.all[pane]
    // What goes on in the next line belongs to the one before.
    let lines = pane.help.lines.reduce(into: [String]()) { lines, line in
      let isRest = line.left.isEmpty && !line.right.isEmpty
      lines.append(
        isRest ? "\(lines.popLast() ?? "") \(line.right)" : "\(line.left): \(line.right)")
    }
    for binding in pane.bindings + GlobalKeys.bindings {
      let line = "\(binding.label(.utf8)): \(HelpText.meaning(of: binding.command))"
      #expect(lines.contains(line))
    }
    let terms = Set(pane.help.lines.map(\.left))
    for explanation in pane.explanations { #expect(terms.contains(explanation.term)) }
  }

  @Test(arguments: PaneFacts.all.indices)
  func `the keys in the footer work in the view`(pane: Int) throws {
    let pane = PaneFacts.all[pane]
    let profile = Profile.stacks(["main;work": 3])
    let footer = try typing(pane.key, at: 300, 24, in: profile).inspector.footer
    #expect(footer.first?.command == .help)
    #expect(footer.last?.command == .close)
    for binding in footer {
      let key = try #require(binding.keys.first)
      let known = (pane.bindings + GlobalKeys.bindings).first { $0.keys.contains(key) }
      #expect(known?.command == binding.command)
      let message = try typing("\(pane.key) \(key.name)", at: 300, 24, in: profile).message
      #expect(!message.contains("no meaning"))
    }
  }

  @Test(arguments: PaneFacts.all.indices)
  func `each key in the footer does something, or says why not`(pane: Int) throws {
    let pane = PaneFacts.all[pane]
    let profile = try sample("config-store/mem.pprof")
    let before = try typing("\(pane.key) j", at: 200, 24, in: profile)
    for binding in before.inspector.footer {
      let key = try #require(binding.keys.first)
      let after = try typing("\(pane.key) j \(key.name)", at: 200, 24, in: profile)
      let hasEffect =
        after.screen != before.screen || after.effects != before.effects
        || after.leaving != before.leaving
      #expect(hasEffect, "\(key.name) in \(pane.name)")
    }
  }

  @Test(arguments: PaneFacts.all.indices, ["config-store/mem.pprof", "map-writers/mutex.pprof"])
  func `no key in the footer is refused, whatever row is selected`(
    pane: Int, profile: String
  ) throws {
    let pane = PaneFacts.all[pane]
    let profile = try sample(profile)
    var tried: Set<[String]> = []
    for way in ["", "j l", "j j j", "o", "G", "Tab"] {
      let keys = "\(pane.key) \(way)"
      let before = try typing(keys, at: 200, 60, in: profile).inspector
      for binding in before.footer {
        let key = try #require(binding.keys.first)
        let row = before.message?.text ?? ""
        guard tried.insert([way, key.name, row]).inserted else { continue }
        var after = before
        _ = after.handle(.input(.key(key)))
        #expect(after.message?.kind != .refusal, "\(key.name) after \(keys)")
      }
    }
  }

  @Test func `the footer has a word for what opens where there is something to open`() throws {
    let profile = Profile.stacks(["main;work@a.go:3": 3])
    func keys(_ typed: String, in profile: Profile = profile) throws -> String {
      try typing(typed, at: 200, 24, in: profile).rows.last ?? ""
    }
    #expect(try keys("2 g").contains("l open") && keys("2 g").contains("o hot path"))
    #expect(try !keys("2 g l j").contains("l open") && !keys("2 g l j").contains("o hot path"))
    #expect(try keys("2 g l j").contains("h close") && !keys("2 g h").contains("h close"))
    #expect(try !keys("5").contains("hottest"))
    let two = Profile.stacks(["main;work@a.go:3": 3, "main;work@a.go:5": 1])
    #expect(
      try keys("5", in: two).contains("}hottest") && !keys("5 }", in: two).contains("hottest"))
  }

  @Test func `every file of a pane is in the list`() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Inspector/Panes")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix("Pane.swift") && $0 != "Pane.swift" }
      .map { String($0.dropLast(6)) }
    #expect(Set(files) == Set(PaneFacts.all.map(\.typeName)))
  }

  @Test func `views are opened by different digits`() {
    #expect(Set(PaneFacts.all.map(\.key)).count == PaneFacts.all.count)
  }
}
