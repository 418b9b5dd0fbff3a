import Testing

@testable import GoBinary

@Suite struct LeaksBinaryTests {
  @Test func `a stripped program still says how it was built`() throws {
    let executable = try LeaksBinary.executable.get()
    #expect(executable.version?.text == "go1.27.3")
    #expect(executable.version?.minor == 27)
    #expect(executable.image.architecture == .amd64)
    #expect(!executable.image.isPositionIndependent)
    #expect(executable.buildInfo?.path == "leaks")
    #expect(executable.buildInfo?.main == BuildInfo.Module(path: "leaks", version: "(devel)"))
    #expect(executable.buildInfo?.setting("-trimpath") == "true")
    #expect(executable.buildInfo?.setting("GOAMD64") == "v1")
    #expect(executable.image.buildID.linker == "ac530a12d0da35e44bc1cc4786fc726db5acb4c4")
    #expect(executable.image.buildID.go?.hasPrefix("HFvBdRwU9Bbw1xGhc48e/") == true)
  }

  @Test func `functions are found by address, with their places in the sources`() throws {
    let functions = try LeaksBinary.executable.get().functions
    let copyTable = try LeaksBinary.function("leaks/config.copyTable")
    #expect(functions.function(at: copyTable.entry) == copyTable)
    #expect(functions.function(at: copyTable.addresses.upperBound - 1) == copyTable)
    #expect(functions.function(at: copyTable.addresses.upperBound) != copyTable)
    #expect(
      functions.frames(at: copyTable.entry) == [
        FunctionTable.Frame(
          function: "leaks/config.copyTable", file: "leaks/config/store.go", line: 135)
      ])
  }

  @Test func `frames of inlined calls come innermost first`() throws {
    let functions = try LeaksBinary.executable.get().functions
    let set = try LeaksBinary.function("leaks/config.(*Store).Set")
    let stacks = set.addresses.map { functions.frames(at: $0) }
    let record = try #require(stacks.first { $0.first?.line == 84 })
    #expect(
      record.map(\.function) == ["leaks/config.(*Store).record", "leaks/config.(*Store).Set"])
    #expect(record.map(\.line) == [84, 51])
    #expect(record.map(\.file) == ["leaks/config/store.go", "leaks/config/store.go"])
  }

  @Test func `no address outside the code has a function`() throws {
    let functions = try LeaksBinary.executable.get().functions
    for address in [0, 1, 0x400000, .max, .max - 7] as [UInt64] {
      #expect(functions.function(at: address) == nil)
      #expect(functions.frames(at: address) == [])
    }
  }

  @Test func `making a map, a slice and an element says which`() throws {
    #expect(
      try LeaksBinary.allocations(in: "leaks/config.copyTable") == [
        "136 map map[string]interface {}",
        "137 mapgrow map[string]interface {}",
        "138 mapgrow map[string]interface {}",
      ])
    #expect(
      try LeaksBinary.allocations(in: "leaks/config.copyList") == ["144 slice interface {}"])
  }

  @Test func `boxing is known by the type that the value is put beside`() throws {
    #expect(try LeaksBinary.allocations(in: "leaks/config.(*Store).SetInt") == ["38 iface int"])
    #expect(
      try LeaksBinary.allocations(in: "leaks/config.(*Store).SetString") == ["41 iface string"])
    #expect(try LeaksBinary.allocations(in: "leaks/config.(*parser).number") == ["86 iface int"])
  }

  @Test func `appending names the element`() throws {
    #expect(
      try LeaksBinary.allocations(in: "leaks/config.(*Store).Set") == ["84 append config.change"])
    #expect(
      try LeaksBinary.allocations(in: "leaks/config.(*parser).list") == [
        "104 append interface {}", "111 iface []interface {}",
      ])
  }

  @Test func `a closure's type has what it captures`() throws {
    #expect(
      try LeaksBinary.allocations(in: "leaks/gateway.withRecovery") == [
        "82 new struct { F uintptr; X0 gateway.Handler }"
      ])
  }

  @Test func `types know their package, elements and keys`() throws {
    let executable = try LeaksBinary.executable.get()
    let watch = try LeaksBinary.sites(in: "leaks/config.(*Store).Watch")
    let map = try #require(watch.compactMap(\.site.type?.description).first { $0.kind == .map })
    #expect(map.name == "map[string][]func(string)")
    #expect(executable.types.key(of: map)?.name == "string")
    let callbacks = try #require(executable.types.element(of: map))
    #expect(callbacks.kind == .slice)
    #expect(callbacks.size == 24)
    #expect(callbacks.pointerBytes == 8)
    #expect(executable.types.element(of: callbacks)?.name == "func(string)")
    #expect(executable.types.element(of: callbacks)?.kind == .function)
  }

  @Test func `a named type has the path of its package`() throws {
    let set = try LeaksBinary.sites(in: "leaks/config.(*Store).Set")
    let change = try #require(set.first?.site.type?.description)
    #expect(change.name == "config.change")
    #expect(change.packagePath == "leaks/config")
    #expect(change.qualifiedName == "leaks/config.change")
    #expect(change.size == 40)
    #expect(!change.isPointerFree)
  }

  @Test func `a mark that stands for an inlined call tells what that call allocates`() throws {
    let executable = try LeaksBinary.executable.get()
    var reader = CallSiteReader(executable)
    // Its line 442 calls runtime.CallersFrames, which is inlined and cut from profiles.
    let function = try LeaksBinary.function("runtime/pprof.expandInlinedFrames")
    let marked = function.addresses.map { reader.site(at: $0) }.filter(\.isInlined)
    #expect(!marked.isEmpty)
    #expect(marked.allSatisfy { $0.callee == "runtime.newobject" })
    #expect(marked.allSatisfy { $0.type?.name == "runtime.Frames" })
  }

  @Test func `no address is a type's unless a description stands there`() throws {
    let types = try LeaksBinary.executable.get().types
    for address in [0, 8, 0x400000, .max, .max - 7] as [UInt64] {
      #expect(types.type(at: address) == nil)
      #expect(types.concreteType(ofMethodTable: address) == nil)
    }
  }
}
