import Testing

@testable import GoBinary

@Suite struct AllocationReaderTests {
  /// A stack that a test writes down, leaf first.
  struct Stack: AllocationStack {
    var frames: [(address: UInt64?, functions: [String])]

    var frameCount: Int { frames.count }
    func address(ofFrame frame: Int) -> UInt64? { frames[frame].address }
    func functions(ofFrame frame: Int) -> [String] { frames[frame].functions }
  }

  private static let end: GoImage.Code = .bytes([0xc3])
  private static let types = [
    GoImage.TypeSpec(name: "shop.Order", kind: .structure, size: 48, pointerBytes: 16),
    GoImage.TypeSpec(name: "struct { F uintptr; X0 int }", kind: .structure, size: 16),
    GoImage.TypeSpec(name: "[3]string", kind: .array, size: 48, pointerBytes: 48),
    GoImage.TypeSpec(name: "runtime.sudog", kind: .structure, size: 96, pointerBytes: 96),
    GoImage.TypeSpec(name: "*map[string]interface {}", kind: .pointer, size: 8, pointerBytes: 8),
  ]

  private func allocation(
    of type: String, objectSize: UInt64 = 0, profiled name: String = "main.f"
  ) throws -> Allocation {
    let built = GoImage(
      functions: [
        ("main.f", [.address(of: type, register: 0), .call("runtime.newobject"), Self.end]),
        ("runtime.newobject", [Self.end]),
      ], types: Self.types
    ).build()
    var reader = AllocationReader(try built.executable)
    let stack = Stack(frames: [(built.calls["main.f"]?.first, [name])])
    return reader.allocation(of: stack, objectSize: objectSize)
  }

  @Test func `new objects are told apart by their type`() throws {
    #expect(try allocation(of: "shop.Order").cause == .new)
    #expect(try allocation(of: "struct { F uintptr; X0 int }").cause == .closure)
    #expect(try allocation(of: "[3]string").cause == .array)
    #expect(try allocation(of: "runtime.sudog").cause == .wait)
  }

  @Test func `an object of another size is not of the type`() throws {
    #expect(try allocation(of: "shop.Order").size == .unchecked)
    #expect(try allocation(of: "shop.Order", objectSize: 48).size == .agrees)
    let other = try allocation(of: "shop.Order", objectSize: 112)
    #expect(other.size == .differs)
    #expect(other.cause == .runtime)
    #expect(other.type == nil)
    #expect(other.evidence == .sizeDiffers)
  }

  @Test func `nothing is read from another program`() throws {
    let foreign = try allocation(of: "shop.Order", profiled: "main.g")
    #expect(!foreign.isOwnFunction)
    #expect(foreign.cause == nil)
    #expect(foreign.type == nil)
  }

  @Test func `leaves are compared with the program's functions once for each address`() throws {
    let built = GoImage(functions: [("main.f", [.call("main.f"), Self.end])]).build()
    var reader = AllocationReader(try built.executable)
    let address = built.calls["main.f"]?.first
    for name in ["main.f", "main.f", "main.g"] {
      _ = reader.allocation(of: Stack(frames: [(address, [name])]), objectSize: 0)
    }
    #expect(reader.comparedLeaves == 2)
    #expect(reader.matchingLeaves == 1)
  }

  @Test func `a stack of the runtime alone is climbed to who allocates`() throws {
    let built = GoImage(
      functions: [
        (
          "runtime.setup",
          [.address(of: "shop.Order", register: 0), .call("runtime.newobject"), Self.end]
        ),
        ("runtime.newobject", [.call("runtime.mallocgc"), Self.end]),
        ("runtime.mallocgc", [.call("runtime.profilealloc"), Self.end]),
        ("runtime.profilealloc", [Self.end]),
      ], types: Self.types
    ).build()
    var reader = AllocationReader(try built.executable)
    let names = ["runtime.mallocgc", "runtime.newobject", "runtime.setup"]
    let stack = Stack(frames: names.map { (built.calls[$0]?.first, [$0]) })
    let allocation = reader.allocation(of: stack, objectSize: 48)
    #expect(allocation.cause == .new)
    #expect(allocation.type?.name == "shop.Order")
    #expect(allocation.site.function == "runtime.setup")
  }

  @Test(
    arguments: [
      (["runtime.malg", "runtime.newproc1"], AllocationCause.goroutine, "runtime.g"),
      (["runtime.allocm", "runtime.startm"], .thread, "runtime.m"),
      (["runtime.acquireSudog", "runtime.gopark"], .wait, "runtime.sudog"),
      (["runtime.persistentalloc", "runtime.schedinit"], .runtime, nil),
    ] as [([String], AllocationCause, String?)])
  func `a stack of the runtime alone is named by its frames where its code says nothing`(
    names: [String], cause: AllocationCause, type: String?
  ) throws {
    let built = GoImage(functions: [("main.f", [Self.end])]).build()
    var reader = AllocationReader(try built.executable)
    let allocation = reader.allocation(
      of: Stack(frames: names.map { (nil, [$0]) }), objectSize: 0)
    #expect(allocation.cause == cause)
    #expect(allocation.type?.name == type)
  }

  @Test func `reflection is known by its leaf, and what it makes below untyped JSON by the target`()
    throws
  {
    let built = GoImage(
      functions: [
        (
          "main.f",
          [
            .address(of: "*map[string]interface {}", register: 7),
            .call("encoding/json.Unmarshal"), Self.end,
          ]
        ),
        ("encoding/json.Unmarshal", [.call("reflect.makemap"), Self.end]),
        ("reflect.makemap", [.call("runtime.makemap"), Self.end]),
        ("runtime.makemap", [Self.end]),
      ], types: Self.types
    ).build()
    var reader = AllocationReader(try built.executable)
    let names = ["reflect.makemap", "encoding/json.Unmarshal", "main.f"]
    let frames = names.map { (address: built.calls[$0]?.first, functions: [$0]) }

    let whole = reader.allocation(of: Stack(frames: frames), objectSize: 48)
    #expect(whole.cause == .map)
    #expect(
      whole.root
        == Allocation.Root(function: "encoding/json.Unmarshal", type: "*map[string]interface {}"))
    #expect(whole.type?.name == "map[string]interface {}")
    #expect(whole.evidence == .untypedTarget)

    let cut = reader.allocation(of: Stack(frames: [frames[0]]), objectSize: 48)
    #expect(cut.cause == .map)
    #expect(cut.root == nil)
    #expect(cut.type == nil)
    #expect(cut.evidence == .dynamic)
  }

  @Test(
    arguments: [
      ("sync.runtime_notifyListWait", "runtime.acquireSudog", .wait, "runtime.sudog"),
      ("time.newTimer", "runtime.(*timer).modify", .timer, nil),
      ("time.startTimer", "runtime.addtimer", .timer, nil),
      ("iter.Pull[go.shape.int]", "runtime.newcoro", .goroutine, "runtime.coro"),
    ] as [(String, String, AllocationCause, String?)])
  func `what the runtime allocates for others is named by what they asked for`(
    leaf: String, callee: String, cause: AllocationCause, type: String?
  ) throws {
    let built = GoImage(functions: [(leaf, [.call(callee), Self.end]), (callee, [Self.end])])
      .build()
    var reader = AllocationReader(try built.executable)
    let allocation = reader.allocation(
      of: Stack(frames: [(built.calls[leaf]?.first, [leaf])]), objectSize: 0)
    #expect(allocation.cause == cause)
    #expect(allocation.type?.name == type)
  }

  @Test(
    arguments: [
      ("internal/runtime/maps.(*Map).Clone", [0x48, 0x89, 0xc3]),  // MOV BX, AX
      ("runtime.mapclone2", [0x90]),  // NOP
    ] as [(String, [UInt8])])
  func `the clone of a map is of the type that was handed in`(callee: String, move: [UInt8]) throws
  {
    let built = GoImage(
      functions: [
        ("main.f", [.address(of: "map[string]int", register: 0), .call("maps.clone"), Self.end]),
        ("maps.clone", [.bytes(move), .call(callee), Self.end]),
        (callee, [Self.end]),
      ],
      types: [GoImage.TypeSpec(name: "map[string]int", kind: .map, size: 8, pointerBytes: 8)]
    ).build()
    var reader = AllocationReader(try built.executable)
    let stack = Stack(frames: ["maps.clone", "main.f"].map { (built.calls[$0]?.first, [$0]) })
    let allocation = reader.allocation(of: stack, objectSize: 0)
    #expect(allocation.cause == .map)
    #expect(allocation.type?.name == "map[string]int")
    #expect(allocation.evidence == .dictionary)
  }

  @Test(
    arguments: [("reflect.makemap", "map[string]interface {}"), ("reflect.growslice", nil)]
      as [(String, String?)])
  func `a target that is a slice of maps leaves the type of slices open`(
    leaf: String, type: String?
  ) throws {
    let built = GoImage(
      functions: [
        (
          "main.f",
          [
            .address(of: "*[]map[string]interface {}", register: 7),
            .call("encoding/json.Unmarshal"), Self.end,
          ]
        ),
        ("encoding/json.Unmarshal", [.call(leaf), Self.end]),
        (leaf, [.call("runtime.work"), Self.end]),
        ("runtime.work", [Self.end]),
      ],
      types: [
        GoImage.TypeSpec(
          name: "*[]map[string]interface {}", kind: .pointer, size: 8, pointerBytes: 8)
      ]
    ).build()
    var reader = AllocationReader(try built.executable)
    let names = ["encoding/json.Unmarshal", "main.f"]
    let stack = Stack(frames: names.map { (built.calls[$0]?.first, [$0]) })
    #expect(reader.allocation(of: stack, objectSize: 48).type?.name == type)
  }

  @Test func `a stack without frames allocates nothing that is known`() throws {
    let built = GoImage(functions: [("main.f", [Self.end])]).build()
    var reader = AllocationReader(try built.executable)
    let allocation = reader.allocation(of: Stack(frames: []), objectSize: 64)
    #expect(allocation.cause == nil)
    #expect(allocation.type == nil)
    #expect(allocation.root == nil)
  }
}

@Suite struct ObjectSizesTests {
  private func type(_ size: UInt64, pointerBytes: UInt64 = 0) -> GoType {
    GoType(
      address: 8, name: "T", kind: .structure, size: size, pointerBytes: pointerBytes,
      packagePath: "")
  }

  @Test func `an object is as large as its class, or whole pages`() {
    #expect(ObjectSizes.object(holding: 1) == 8)
    #expect(ObjectSizes.object(holding: 33) == 48)
    #expect(ObjectSizes.object(holding: 32768) == 32768)
    #expect(ObjectSizes.object(holding: 32769) == 40960)
    #expect(ObjectSizes.fits(.max, type(.max)))
  }

  @Test func `small objects without pointers may share a block`() {
    #expect(ObjectSizes.fits(8, type(8)))
    #expect(ObjectSizes.fits(16, type(8)))
    #expect(!ObjectSizes.fits(16, type(8, pointerBytes: 8)))
    #expect(!ObjectSizes.fits(32, type(8)))
  }

  @Test func `large objects with pointers may have a header`() {
    #expect(ObjectSizes.fits(1024, type(1024, pointerBytes: 8)))
    #expect(ObjectSizes.fits(1152, type(1024, pointerBytes: 8)))
    #expect(!ObjectSizes.fits(1152, type(1024)))
  }

  @Test func `an array holds one element at least`() {
    #expect(ObjectSizes.fits(4096, arrayOf: type(48)))
    #expect(!ObjectSizes.fits(32, arrayOf: type(48)))
    #expect(ObjectSizes.fits(16, arrayOf: type(48)))
  }
}

@Suite struct FunctionNamesTests {
  @Test(arguments: [
    ("main.f", "main.f", true),
    ("main.f", "main.g", false),
    ("main.Box[go.shape.int]", "main.Box[...]", true),
    ("main.(*Box[go.shape.[]int]).Put", "main.(*Box[...]).Put", true),
    ("main.(*Server).serve-fm", "main.anything", true),
    ("net/http.(*onceSetNextProtoDefaults).Do", "net/http.(*server).Do", true),
    ("net/http.(*a).Do", "net/url.(*a).Do", false),
    ("net/http.(*a).Do", "net/http.(*a).Done", false),
    ("main.f", "other.f", false),
    ("", "", true),
    ("][", "x", false),
  ])
  func `a table's name and a profile's may differ in ways that are known`(
    table: String, profile: String, match: Bool
  ) {
    #expect(FunctionNames.match(table: table, profile: profile) == match)
  }
}
