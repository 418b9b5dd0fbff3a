import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

@testable import Inspector

/// Narrowing down what all views show, and undoing it.
struct RefinementTests {
  private let profile = Profile.stacks([
    "main;parse;read": 50, "main;parse": 20, "main;json.Decode;read": 25, "main;Write": 5,
  ])

  // MARK: By the selection

  @Test func `f keeps the samples through the symbol, in every view`() throws {
    let typed = try typing("j f", in: profile)
    #expect(typed.rows[0].hasSuffix("cpu 70ns of 100ns  3 fn  focus=parse"))
    #expect(typed.message == "focus=parse: 70.0% of total, 3 fn")
    #expect(typed.rows[21].hasPrefix("─ parse ─"))
    let tree = try typing("j f 2", in: profile)
    #expect(tree.rows.contains { $0.contains("json.Decode") } == false)
    #expect(tree.rows[21].hasPrefix("─ parse ─"))
    let flame = try typing("j f 3", in: profile)
    #expect(flame.rows.joined().contains("Decode") == false)
    let calls = try typing("f 4", in: profile)
    #expect(calls.rows[0].hasSuffix("focus=read"))
  }

  @Test func `x drops the samples through the symbol, and undoing selects it again`() throws {
    let typed = try typing("j x", in: profile)
    #expect(typed.rows[0].hasSuffix("cpu 30ns of 100ns  4 fn  ignore=parse"))
    #expect(typed.rows[21].hasPrefix("─ read ─"))
    #expect(try typing("j x u", in: profile).rows[21].hasPrefix("─ parse ─"))
  }

  @Test func `H gives the cost of the frame to its caller`() throws {
    let typed = try typing("H", in: profile)
    #expect(typed.rows[3] == ">     70ns  70.0%  70.0%       70ns  70.0%  parse")
    #expect(typed.rows[0].hasSuffix("cpu 100ns  4 fn  hide=read"))
  }

  @Test
  func `who calls whom is what it was where a focus keeps all samples, and else counted anew`()
    throws
  {
    var session = try ProfileSession(name: "test", profile: profile)
    let nodes = session.nodes
    let before = nodes.indices.map { session.neighbours(of: NodeID($0)) }
    _ = try session.refine(Refinement(.focus, "^parse$"))
    for index in nodes.indices {
      let node = NodeID(index)
      let found = session.neighbours(of: node)
      let expected = Neighbours(of: node, session.profile, session.nodes, values: session.values)
      #expect(found.callers == expected.callers && found.callees == expected.callees)
    }
    let main = try #require(nodes.indices.first { nodes.strings[nodes.names[$0]] == "main" })
    #expect(session.neighbours(of: NodeID(main)).callees != before[main].callees)
  }

  @Test func `only the very symbol is meant, whatever letters its name has`() throws {
    let profile = Profile.stacks(["main;a.(*T[x]).f+": 3, "main;a.(*T[x]).f+g": 2])
    #expect(try typing("f", in: profile).rows[0].hasSuffix("3ns of 5ns  2 fn  focus=a.(*T[x]).f+"))
  }

  @Test(arguments: [("a a", "focus=x/parse.go"), ("a a a", "focus=x/p")])
  func `other rows than functions can be focused on`(keys: String, crumb: String) throws {
    let profile = Profile.stacks(["main@main.go;x/p.Parse@x/parse.go": 4, "main@main.go": 6])
    let typed = try typing("\(keys) s n G f", in: profile)
    #expect(typed.rows[0].hasSuffix(crumb))
    #expect(typed.message.hasPrefix("\(crumb): 40.0% of total"))
  }

  // MARK: By expressions

  @Test func `F and X ask for an expression and tell what it matches as it is typed`() throws {
    let typing1 = try typing("F \"re|Wr\"", in: profile)
    #expect(typing1.message.hasPrefix("focus=re|Wr"))
    #expect(typing1.message.hasSuffix("2 match · 80.0% stay"))
    let bad = try typing("F \"re(\"", in: profile)
    #expect(bad.message.hasSuffix("missing closing )"))
    let refused = try typing("F \"re(\" Enter", in: profile)
    #expect(refused.message.contains("missing closing )"))
    #expect(refused.rows[0].hasSuffix("no filters"))
    let dropped = try typing("X \"^read$\" Enter", in: profile)
    #expect(dropped.rows[0].hasSuffix("cpu 25ns of 100ns  3 fn  ignore=^read$"))
  }

  @Test func `what is told while typing is what comes of it`() throws {
    let profile = Profile.stacks(["main@x/json.go;f@y.go": 3, "g@y.go": 7])
    #expect(try typing("F \"json\"", in: profile).message.hasSuffix("1 match · 30.0% stay"))
    #expect(
      try typing("F \"json\" Enter", in: profile).message == "focus=json: 30.0% of total, 2 fn")
    #expect(try typing("X \"^y\"", in: profile).message.hasSuffix("2 match · 100% go"))
  }

  @Test func `a refinement that leaves nothing says so and how to undo it`() throws {
    let typed = try typing("F \"xml\" Enter", in: profile)
    #expect(typed.message == "focus=xml matches 0 of 5 functions: u undoes it")
    let text = typed.rows.joined(separator: " ")
    #expect(text.contains("focus=xml matches 0 of 5 functions: u undoes it"))
    #expect(try typing("F \"xml\" Enter u", in: profile).rows[0].hasSuffix("5 fn  no filters"))
    let twice = try typing("F \"Write\" Enter F \"read\" Enter 2", in: profile)
    #expect(twice.rows.joined().contains("focus=read leaves no sample: u undoes it"))
  }

  @Test func `one that matches nothing and changes nothing is not kept`() throws {
    let typed = try typing("X \"xml\" Enter", in: profile)
    #expect(typed.message == "ignore=xml matches 0 of 5 functions: nothing changes")
    #expect(typed.rows[0].hasSuffix("no filters"))
  }

  // MARK: The stack

  @Test func `refinements add up and are undone one at a time, or all`() throws {
    let typed = try typing("F \"read\" Enter H X \"json\" Enter", in: profile)
    #expect(typed.rows[0].hasSuffix("cpu 50ns of 100ns  2 fn  focus=read hide=read ignore=json"))
    let undone = try typing("F \"read\" Enter H X \"json\" Enter u", in: profile)
    #expect(undone.rows[0].hasSuffix("focus=read hide=read"))
    #expect(undone.message == "undid ignore=json, 2 left")
    let cleared = try typing("F \"read\" Enter H X \"json\" Enter U", in: profile)
    #expect(cleared.rows[0].hasSuffix("cpu 100ns  5 fn  no filters"))
    #expect(try typing("u", in: profile).message == "no refinement to undo")
    #expect(try typing("U", in: profile).message == "no refinement to undo")
  }

  @Test func `refinements stay when the sample type changes and when the file is read again`()
    throws
  {
    let types = StrangeProfiles.named("zero-type")
    #expect(try typing("t t F \"make\" Enter t", in: types).rows[0].hasSuffix("focus=make"))
    let typed = try typing("j f R", in: profile)
    #expect(typed.rows[0].hasSuffix("cpu 70ns of 100ns  3 fn  focus=parse"))
    #expect(typed.rows[21].hasPrefix("─ parse ─"))
  }

  @Test func `steps one by one come to what pprof's order makes of the options`() throws {
    for seed in 1...40 {
      var generator = SplitMix(state: UInt64(seed))
      let profile = generator.profile()
      var options = FilterOptions()
      options.focus = "f[0-4]"
      options.ignore = seed % 2 == 0 ? "f5" : ""
      options.hide = "f1"
      options.show = seed % 3 == 0 ? "f[0-3]" : ""
      options.showFrom = seed % 5 == 0 ? "f2" : ""
      options.pruneFrom = seed % 7 == 0 ? "f3" : ""
      let filtered = try FilteredProfile(profile, options)
      var session = try ProfileSession(name: "a", profile: profile)
      for step in Refinement.steps(of: options) { _ = try session.refine(step) }
      let nodes = NodeTable(filtered.profile, granularity: .functions)
      let totals = NodeTotals.compute(
        filtered.profile, nodes: nodes, values: filtered.profile.samples.values[0])
      for node in nodes.indices.map({ NodeID($0) }) where totals.cumulative[node.index] != 0 {
        let found = try #require(session.node(known: nodes.identity(of: node)))
        #expect(session.totals.flat[found.index] == totals.flat[node.index])
        #expect(session.totals.cumulative[found.index] == totals.cumulative[node.index])
      }
      #expect(session.totals.total == filtered.total(ofType: 0))
      session.clearRefinements()
      #expect(session.profile === profile)
    }
  }

  @Test func `a stack that was shown lately is not made again`() throws {
    var session = try ProfileSession(name: "a", profile: profile)
    _ = try session.refine(Refinement(.focus, "read"))
    let focused = session.profile
    _ = try session.refine(Refinement(.hide, "read"))
    _ = session.undoRefinement()
    #expect(session.profile === focused)
    session.clearRefinements()
    _ = try session.refine(Refinement(.focus, "read"))
    #expect(session.profile === focused)
  }

  @Test func `what undoing leads to is kept, however much was tried since`() throws {
    var session = try ProfileSession(name: "a", profile: profile)
    _ = try session.refine(Refinement(.focus, "read"))
    let focused = session.profile
    _ = try session.refine(Refinement(.hide, "read"))
    for index in 0..<20 {
      var tried = session
      _ = try tried.refine(Refinement(.ignore, "none\(index)"))
    }
    _ = session.undoRefinement()
    #expect(session.profile === focused)
  }

  // MARK: Other steps

  @Test func `recursion is folded for all views and unfolded again`() throws {
    let profile = StrangeProfiles.named("recursive")
    #expect(try typing("2 r", in: profile).rows[0].hasSuffix("fold"))
    let open = try typing("2 E", in: profile).rows.filter { $0.hasSuffix(" f") }.count
    let folded = try typing("r 2 E", in: profile).rows.filter { $0.hasSuffix(" f") }.count
    #expect(folded < open)
    #expect(try typing("r r", in: profile).rows[0].hasSuffix("no filters"))
  }

  @Test func `p shows main and packages of domains, without vendored ones`() throws {
    let profile = Profile.stacks([
      "main.main;fmt.Println;example.com/a.F@/home/me/a/f.go": 1,
      "main.main;example.com/b.G@/root/go/pkg/mod/example.com/b@v1/g.go;runtime.mallocgc": 2,
      "runtime.goexit;x/vendor/example.com/c.H": 4,
    ])
    let typed = try typing("p", in: profile)
    #expect(typed.rows[0].hasSuffix("3ns of 7ns  2 fn  project"))
    #expect(typed.rows[3].hasSuffix("main.main"))
    #expect(typed.rows[3].contains("2ns"))
    #expect(try typing("p p", in: profile).rows[0].hasSuffix("no filters"))
  }

  @Test func `the granularity is a step that undoes like the others`() throws {
    let typed = try typing("a a", in: profile)
    #expect(typed.rows[0].hasSuffix("by=files"))
    #expect(try typing("a a u", in: profile).rows[2].contains("FUNCTION"))
    #expect(try typing("a a a a a a", in: profile).rows[0].hasSuffix("no filters"))
  }

  // MARK: Texts

  @Test(arguments: Refinement.Kind.allCases)
  func `a step is read from the text that it is written as`(kind: Refinement.Kind) throws {
    let value = kind == .granularity ? "lines" : kind.isSwitch ? "" : #"^main\.(a|b)=c d$"#
    let step = Refinement(kind, value)
    #expect(Refinement(text: step.text) == step)
  }

  @Test func `what is no step is not read as one`() {
    for text in ["", "focus", "focus=", "granularity=nothing", "zoom=1", "=x"] {
      #expect(Refinement(text: text) == nil)
    }
    #expect(Refinement(text: "show-from=a") == Refinement(.showFrom, "a"))
  }

  @Test func `of many crumbs the latest is shown, with the number of the others`() throws {
    let keys = (0..<6).map { "F \"\($0)|a-rather-long-name\" Enter" }.joined(separator: " ")
    let profile = Profile.stacks(["main;0123456": 3, "main;other": 2])
    let header = try typing(keys, in: profile).rows[0]
    #expect(header.contains("+"))
    #expect(header.hasSuffix("focus=5|a-rather-long-name"))
    #expect(try typing(keys, at: 40, 12, in: profile).rows[0].contains("focus="))
  }
}
