import GoBinary
import Testing

@Suite struct GoImageTests {
  private static let order = GoImage.TypeSpec(
    name: "shop.Order", kind: .structure, size: 48, pointerBytes: 16)
  private static let price = GoImage.TypeSpec(name: "shop.Price", kind: .int64, size: 8)

  private static let return64: GoImage.Code = .bytes([0xc3])
  private static let returnARM: GoImage.Code = .bytes([0xc0, 0x03, 0x5f, 0xd6])

  private func image(
    _ code: [GoImage.Code], callee: String = "runtime.newobject",
    architecture: Architecture = .amd64, version: String = "go1.26.0"
  ) -> GoImage {
    let end = architecture == .amd64 ? Self.return64 : Self.returnARM
    return GoImage(
      architecture: architecture, version: version,
      functions: [("main.f", code + [end]), (callee, [end])],
      types: [Self.order, Self.price])
  }

  private func site(_ image: GoImage) throws -> CallSite {
    let built = image.build()
    var reader = CallSiteReader(try built.executable)
    return reader.site(at: try #require(built.calls["main.f"]?.last))
  }

  @Test(arguments: Architecture.allCases)
  func `the argument's address is the type`(architecture: Architecture) throws {
    let site = try site(
      image(
        [.address(of: "shop.Order", register: 0), .call("runtime.newobject")],
        architecture: architecture))
    #expect(site.function == "main.f")
    #expect(site.callee == "runtime.newobject")
    #expect(site.cause == .new)
    #expect(site.evidence == .exact)
    #expect(site.type?.name == "shop.Order")
    #expect(site.type?.description?.size == 48)
  }

  @Test(arguments: GoImage.Container.allCases, Architecture.allCases)
  func `every container holds the same program`(
    container: GoImage.Container, architecture: Architecture
  ) throws {
    var image = image(
      [.address(of: "[]shop.Order", register: 0), .call("runtime.newobject")],
      architecture: architecture)
    image.container = container
    image.types.append(
      GoImage.TypeSpec(
        name: "[]shop.Order", kind: .slice, size: 24, pointerBytes: 8, element: "shop.Order"))
    let executable = try image.build().executable
    #expect(executable.version?.text == "go1.26.0")
    #expect(executable.image.architecture == architecture)
    #expect(executable.image.isPositionIndependent == (container != .elf))
    #expect(
      executable.image.buildID.linker
        == (container == .machO || container == .chainedMachO
          ? "00112233445566778899aabbccddeeff" : nil))
    let slice = try #require(try site(image).type?.description)
    #expect(slice.name == "[]shop.Order")
    #expect(executable.types.element(of: slice)?.name == "shop.Order")
  }

  @Test func `an address of a process is the file's again, wherever it was loaded`() throws {
    var image = image([.call("runtime.newobject")])
    let address = GoImage.base + 0x1004
    let fixed = try image.build().executable.image
    #expect(fixed.address(ofProcessAddress: address, mappedFrom: 0, fileOffset: 0) == address)
    image.container = .positionIndependentELF
    let moved = try image.build().executable.image
    #expect(
      moved.address(
        ofProcessAddress: 0x7f00_0000_1004, mappedFrom: 0x7f00_0000_1000, fileOffset: 0x1000)
        == address)
    #expect(moved.address(ofProcessAddress: 0, mappedFrom: 0x7f00_0000_1000, fileOffset: 0) == nil)
  }

  @Test func `an argument is followed through registers and the stack frame`() throws {
    let site = try site(
      image([
        .address(of: "shop.Order", register: 1),
        .bytes([0x48, 0x89, 0x4c, 0x24, 0x10]),  // MOVQ CX, 16(SP)
        .bytes([0x31, 0xc9]),  // XORL CX, CX
        .bytes([0x48, 0x8b, 0x54, 0x24, 0x10]),  // MOVQ 16(SP), DX
        .bytes([0x48, 0x89, 0xd0]),  // MOVQ DX, AX
        .call("runtime.newobject"),
      ]))
    #expect(site.evidence == .exact)
    #expect(site.type?.name == "shop.Order")
  }

  @Test func `an argument is followed through registers and the stack frame on arm64`() throws {
    let site = try site(
      image(
        [
          .address(of: "shop.Order", register: 1),
          .bytes([0xe1, 0x0b, 0x00, 0xf9]),  // MOVD R1, 16(RSP)
          .bytes([0xe1, 0x03, 0x1f, 0xaa]),  // MOVD ZR, R1
          .bytes([0xe2, 0x0b, 0x40, 0xf9]),  // MOVD 16(RSP), R2
          .bytes([0xe0, 0x03, 0x02, 0xaa]),  // MOVD R2, R0
          .call("runtime.newobject"),
        ], architecture: .arm64))
    #expect(site.evidence == .exact)
    #expect(site.type?.name == "shop.Order")
  }

  @Test(arguments: Architecture.allCases)
  func `write barriers and the loops that copy keep an argument`(architecture: Architecture) throws
  {
    let end = architecture == .amd64 ? Self.return64 : Self.returnARM
    for helper in ["runtime.gcWriteBarrier2", "runtime.duffcopy"] {
      var image = image(
        [.address(of: "shop.Order", register: 0), .call(helper), .call("runtime.newobject")],
        architecture: architecture)
      image.functions.append((helper, [end]))
      #expect(try site(image).type?.name == "shop.Order")
    }
  }

  @Test(arguments: Architecture.allCases)
  func `what another call returned is no type that the code names`(architecture: Architecture)
    throws
  {
    let site = try site(
      image([.call("runtime.newobject"), .call("runtime.newobject")], architecture: architecture))
    #expect(site.cause == .new)
    #expect(site.evidence == .dynamic)
    #expect(site.type == nil)
  }

  @Test func `a cleared argument means memory without a type`() throws {
    let clearType: GoImage.Code = .bytes([0x31, 0xdb])  // XORL BX, BX
    let merged = try site(
      image(
        [.bytes([0xb8, 12, 0, 0, 0]), clearType, .call("runtime.mallocgc")],
        callee: "runtime.mallocgc"))
    #expect(merged.cause == .new)
    #expect(merged.evidence == .untyped)
    #expect(merged.detail == .mergedVariables(size: 12))
    let copied = try site(
      image(
        [.bytes([0x48, 0x89, 0xd0]), clearType, .call("runtime.mallocgc")],
        callee: "runtime.mallocgc"))
    #expect(copied.cause == .slice)
    #expect(copied.detail == .pointerFreeCopy)
  }

  @Test func `a boxed number has the type that stands before it in the arguments`() throws {
    let code: [GoImage.Code] = [
      .call("runtime.convT64"),
      .bytes([0x48, 0x89, 0xc3]),  // MOVQ AX, BX
      .address(of: "shop.Price", register: 0),
    ]
    let site = try site(image(code, callee: "runtime.convT64"))
    #expect(site.cause == .iface)
    #expect(site.evidence == .forward)
    #expect(site.type?.name == "shop.Price")
  }

  @Test func `a boxed number is not of a type that it cannot be`() throws {
    let code: [GoImage.Code] = [
      .call("runtime.convT64"),
      .bytes([0x48, 0x89, 0xc3]),  // MOVQ AX, BX
      .address(of: "shop.Order", register: 0),
    ]
    let site = try site(image(code, callee: "runtime.convT64"))
    #expect(site.cause == .iface)
    #expect(site.evidence == .unknown)
    #expect(site.type == nil)
  }

  @Test(arguments: Architecture.allCases)
  func `generic code takes the type from the dictionary of its caller`(
    architecture: Architecture
  ) throws {
    let isAMD = architecture == .amd64
    let end = isAMD ? Self.return64 : Self.returnARM
    // The second word of the dictionary in AX, R0.
    let load: GoImage.Code = .bytes(isAMD ? [0x48, 0x8b, 0x40, 8] : [0x00, 0x04, 0x40, 0xf9])
    let image = GoImage(
      architecture: architecture,
      functions: [
        ("main.main", [.address(of: "dictionary", register: 0), .call("main.pass"), end]),
        ("main.pass", [.call("main.make"), end]),
        ("main.make", [load, .call("runtime.newobject"), end]),
        ("runtime.newobject", [end]),
      ],
      types: [Self.order, Self.price],
      dictionaries: [("dictionary", ["shop.Price", "shop.Order"])])
    let built = image.build()
    var reader = CallSiteReader(try built.executable)
    let calls = try ["main.make", "main.pass", "main.main"].map {
      try #require(built.calls[$0]?.first)
    }

    var asked: [Int] = []
    let site = reader.site(at: calls[0]) { frame in
      asked.append(frame)
      return frame + 1 < calls.count ? calls[frame + 1] : nil
    }
    #expect(site.evidence == .dictionary)
    #expect(site.type?.name == "shop.Order")
    #expect(asked == [0, 1, 0, 1])

    // Without the callers nobody knows, whatever was known for other callers.
    #expect(reader.site(at: calls[0]).evidence == .dynamic)
    #expect(reader.site(at: calls[0]) { calls[$0 + 1] }.type?.name == "shop.Order")
  }

  @Test(arguments: Architecture.allCases)
  func `a function that allocates by itself is missing from old stacks`(
    architecture: Architecture
  ) throws {
    let end = architecture == .amd64 ? Self.return64 : Self.returnARM
    let typeRegister: UInt8 = architecture == .amd64 ? 3 : 1
    func site(_ version: String) throws -> CallSite {
      let image = GoImage(
        architecture: architecture, version: version,
        functions: [
          ("main.f", [.call("main.clone"), end]),
          (
            "main.clone",
            [.address(of: "shop.Order", register: typeRegister), .call("runtime.mallocgc"), end]
          ),
          ("runtime.mallocgc", [end]),
        ],
        types: [Self.order])
      return try self.site(image)
    }
    let old = try site("go1.25.4")
    #expect(old.cause == .new)
    #expect(old.type?.name == "shop.Order")
    #expect(old.hiddenFrame?.function == "main.clone")
    let new = try site("go1.26.0")
    #expect(new.cause == nil)
    #expect(new.callee == "main.clone")
    #expect(new.hiddenFrame == nil)
  }

  @Test(arguments: Architecture.allCases)
  func `a map that is put into another has not the other's type`(
    architecture: Architecture
  ) throws {
    let isAMD = architecture == .amd64
    let end = isAMD ? Self.return64 : Self.returnARM
    // What the call returned into the second argument, or a cleared one.
    let passed: GoImage.Code = .bytes(
      isAMD ? [0x48, 0x89, 0xc3] : [0xe1, 0x03, 0x00, 0xaa])
    let other: GoImage.Code = .bytes(isAMD ? [0x31, 0xdb] : [0xe1, 0x03, 0x1f, 0xaa])
    func type(_ argument: GoImage.Code) throws -> String? {
      let built = GoImage(
        architecture: architecture,
        functions: [
          (
            "main.f",
            [
              .call("runtime.makemap_small"), argument,
              .address(of: "map[int]int", register: 0), .call("runtime.mapassign_fast64"), end,
            ]
          ),
          ("runtime.makemap_small", [end]), ("runtime.mapassign_fast64", [end]),
        ],
        types: [GoImage.TypeSpec(name: "map[int]int", kind: .map, size: 8, pointerBytes: 8)]
      ).build()
      var reader = CallSiteReader(try built.executable)
      return reader.site(at: try #require(built.calls["main.f"]?.first)).type?.name
    }
    #expect(try type(passed) == "map[int]int")
    #expect(try type(other) == nil)
  }

  @Test func `growing took the element as its first argument up to Go 1 19`() throws {
    func site(_ version: String, register: UInt8) throws -> CallSite {
      try self.site(
        image(
          [.address(of: "shop.Order", register: register), .call("runtime.growslice")],
          callee: "runtime.growslice", version: version))
    }
    #expect(try site("go1.19.8", register: 0).type?.name == "shop.Order")
    #expect(try site("go1.20.1", register: 6).type?.name == "shop.Order")
    #expect(try site("go1.20.1", register: 0).type == nil)
  }

  @Test func `a call through a pointer is no known allocation`() throws {
    let built = image([.bytes([0xff, 0xd0]), .call("runtime.newobject")]).build()
    var reader = CallSiteReader(try built.executable)
    let site = reader.site(at: try #require(built.entries["main.f"]) + 1)
    #expect(site.call == .indirect)
    #expect(site.function == "main.f")
    #expect(site.cause == nil)
  }

  @Test func `an address outside the program has no call`() throws {
    let built = image([.call("runtime.newobject")]).build()
    var reader = CallSiteReader(try built.executable)
    for address in [0, 4, GoImage.base, .max - 1, .max] as [UInt64] {
      #expect(reader.site(at: address).call == .outside)
    }
  }

  @Test func `an argument has the type that its caller passes`() throws {
    let built = image([
      .address(of: "shop.Order", register: 3), .call("runtime.newobject"),
    ]).build()
    var reader = CallSiteReader(try built.executable)
    let call = try #require(built.calls["main.f"]?.first)
    #expect(
      reader.type(ofArgument: 1, ofCallAt: call, to: "runtime.newobject")?.name == "shop.Order")
    #expect(reader.type(ofArgument: 0, ofCallAt: call, to: "runtime.newobject") == nil)
    #expect(reader.type(ofArgument: 99, ofCallAt: call, to: "runtime.newobject") == nil)
    #expect(reader.type(ofArgument: 1, ofCallAt: call, to: "json.Unmarshal") == nil)
  }
}
