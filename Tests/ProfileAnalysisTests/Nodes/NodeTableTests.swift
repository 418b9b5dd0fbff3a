import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

struct NodeTableTests {
  private func names(
    _ profile: Profile, _ granularity: Granularity, _ options: NodeOptions = .init()
  ) -> [String] {
    let nodes = NodeTable(profile, granularity: granularity, options: options)
    return nodes.indices.map { nodes.printableName(of: NodeID($0)) }
  }

  private let profile = Profile.stacks([
    "main@/src/m.go:1;work@/src/w.go:7": 1, "main@/src/m.go:2;work@/src/w.go:7": 1,
    "main@/src/m.go:2;work@/src/other.go:7": 1,
  ])

  @Test func `each granularity keeps what it names`() {
    #expect(names(profile, .functions) == ["work", "main"])
    #expect(
      names(profile, .filefunctions)
        == ["work /src/w.go", "main /src/m.go", "work /src/other.go"])
    #expect(names(profile, .files) == ["/src/w.go", "/src/m.go", "/src/other.go"])
    #expect(
      names(profile, .lines)
        == ["work /src/w.go:7", "main /src/m.go:1", "main /src/m.go:2", "work /src/other.go:7"])
  }

  @Test func `a location has a node for each inlined call, innermost first`() throws {
    let profile = Profile.stacks(["main|helper|leaf": 1])
    let nodes = NodeTable(profile, granularity: .functions)
    let location = nodes[LocationID(0)]
    #expect(location.map { nodes.printableName(of: $0) } == ["leaf", "helper", "main"])
  }

  @Test func `merging inlined calls keeps the outermost line`() {
    var options = NodeOptions()
    options.mergesInlined = true
    #expect(names(Profile.stacks(["main|helper|leaf": 1]), .functions, options) == ["main"])
  }

  @Test func `addresses stand before names, and locations without lines have only those`() {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "ns"))
    var binary = Mapping()
    binary.file = "/usr/bin/tool"
    let mapping = builder.addMapping(binary)
    let function = builder.function("f", file: "f.c")
    let named = builder.location(
      address: 0x1f, mapping: mapping, lines: [Line(function: function, line: 3, column: 4)])
    let bare = builder.location(address: 0x2f, mapping: mapping, lines: [])
    let stray = builder.location(address: 0x3f, lines: [])
    builder.addSample([named, bare, stray], values: [1])
    let profile = builder.finish()
    #expect(
      names(profile, .addresses)
        == ["000000000000001f f f.c:3:4", "000000000000002f [tool]", "000000000000003f <unknown>"])
    #expect(names(profile, .functions) == ["f", "[tool]", "<unknown>"])
  }

  @Test func `columns are kept with lines where asked for`() {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "ns"))
    let function = builder.function("f", file: "f.c")
    for column in [4, 9] as [Int64] {
      let line = Line(function: function, line: 3, column: column)
      builder.addSample([builder.location(lines: [line])], values: [1])
    }
    let profile = builder.finish()
    var options = NodeOptions()
    #expect(names(profile, .lines, options) == ["f f.c:3"])
    options.keepsColumns = true
    #expect(names(profile, .lines, options) == ["f f.c:3:4", "f f.c:3:9"])
    #expect(names(profile, .functions, options) == ["f"])
    #expect(names(profile, .addresses) == ["f f.c:3:4", "f f.c:3:9"])
  }

  @Test func `nodes without names are told apart by binary and start line`() {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "ns"))
    for start in [10, 20] as [Int64] {
      let function = builder.function("f\(start)", file: "same.c", startLine: start)
      let line = Line(function: function, line: 1)
      builder.addSample([builder.location(lines: [line])], values: [1])
    }
    #expect(names(builder.finish(), .files) == ["same.c", "same.c"])
  }

  @Test func `equally named functions of two binaries are one node unless asked for`() {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "ns"))
    let function = builder.function("f")
    for file in ["/bin/a", "/bin/b"] {
      var mapping = Mapping()
      mapping.file = file
      let location = builder.location(
        mapping: builder.addMapping(mapping), lines: [Line(function: function, line: 1)])
      builder.addSample([location], values: [1])
    }
    let profile = builder.finish()
    #expect(NodeTable(profile, granularity: .functions).count == 1)
    var options = NodeOptions()
    options.keepsObjectFiles = true
    let nodes = NodeTable(profile, granularity: .functions, options: options)
    #expect(nodes.objectFiles.map { nodes.strings[$0] } == ["/bin/a", "/bin/b"])
  }

  @Test func `file names are cleaned, and equal ones merge`() {
    let profile = Profile.stacks(["f@/a/./b/../c.go;f@/a//c.go;f@/a/c.go;g@./x/.": 1])
    #expect(names(profile, .filefunctions) == ["g x", "f /a/c.go"])
    let nodes = NodeTable(profile, granularity: .filefunctions)
    #expect(nodes.strings[profile.functions.names[0]] == "g")
  }

  @Test func `trim paths and source paths shorten file names`() {
    let profile = Profile.stacks(["f@/build/app/x.go;g@/proc/self/cwd/y.go;h@/other/z.go": 1])
    var options = NodeOptions()
    options.trimPath = "/build:/other/"
    #expect(names(profile, .files, options) == ["z.go", "y.go", "app/x.go"])
    options.trimPath = ""
    options.sourcePath = "/home/me/app"
    #expect(names(profile, .files, options) == ["/other/z.go", "y.go", "x.go"])
  }

  @Test func `packages are what names begin with`() {
    let profile = Profile.stacks([
      "main.main;net/http.(*conn).serve;gopkg.in/yaml%2ev3.Unmarshal": 1,
      "slices.Sort[go.shape.[]a/b.T];std::vector<a::b>::push;<alloc::V<T> as x::Y>::f": 1,
      "java.util.HashMap.put@HashMap.java;malloc": 1,
    ])
    #expect(
      names(profile, .packages)
        == [
          "gopkg.in/yaml.v3", "net/http", "main", "alloc", "std", "slices", "<unknown>",
          "java.util",
        ])
  }

  @Test func `names order by bytes, and equal names by what else they have`() {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "ns"))
    for start in [3, 20, 100] as [Int64] {
      let function = builder.function("f\(start)", file: "same.c", startLine: start)
      let line = Line(function: function, line: 1)
      builder.addSample([builder.location(lines: [line])], values: [1])
    }
    builder.addSample(builder.locations("a@Z.c"), values: [1])
    let nodes = NodeTable(builder.finish(), granularity: .files)
    let order = nodes.indices.map { NodeID($0) }.sorted { nodes.compare($0, $1) < 0 }
    #expect(nodes.compareNames(NodeID(0), NodeID(1)) == 0)
    // By text, as pprof has it: 100 stands before 20.
    #expect(order.map { nodes.startLines[$0.index] } == [0, 100, 20, 3])
  }

  @Test func `a name that is not text keeps its bytes`() {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "ns"))
    let name = [0x66, 0xff].withUnsafeBufferPointer { builder.string($0) }
    let function = builder.function(name)
    builder.addSample(
      [builder.location(lines: [Line(function: function, line: 0)])], values: [1])
    let nodes = NodeTable(builder.finish(), granularity: .functions)
    var bytes: [UInt8] = []
    nodes.appendPrintableName(of: NodeID(0), to: &bytes)
    #expect(bytes == [0x66, 0xff])
  }

  @Test func `thousands of nodes keep apart`() {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "ns"))
    let function = builder.function("f", file: "f.c")
    let locations = (1...5000).map { line in
      builder.location(lines: [Line(function: function, line: Int64(line))])
    }
    builder.addSample(locations + locations, values: [1])
    #expect(NodeTable(builder.finish(), granularity: .lines).count == 5000)
  }
}
