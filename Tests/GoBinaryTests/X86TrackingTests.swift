import Testing

@testable import GoBinary

/// How far values and results are followed through a function's code.
@Suite struct X86TrackingTests {
  private static let end: GoImage.Code = .bytes([0xc3])
  private static let types = [
    GoImage.TypeSpec(name: "shop.ID", kind: .uint64, size: 8)
  ]

  private func site(
    _ code: [GoImage.Code], calling callee: String, dictionary: [String] = []
  ) throws -> CallSite {
    let built = GoImage(
      functions: [
        ("main.f", code),
        ("main.g", [.address(of: "dictionary", register: 0), .call("main.f"), Self.end]),
        (callee, [Self.end]),
      ], types: Self.types, dictionaries: [("dictionary", dictionary)]
    ).build()
    var reader = CallSiteReader(try built.executable)
    let address = try #require(built.calls["main.f"]?.first)
    return reader.site(at: address) { $0 == 0 ? built.calls["main.g"]?.first : nil }
  }

  @Test func `a box is known when another register takes over the address that it is put to`()
    throws
  {
    let site = try site(
      [
        .call("runtime.convT64"), .address(of: "shop.ID", register: 3),
        .bytes([0x48, 0x89, 0x1a]),  // MOV [DX], BX
        .bytes([0x49, 0x89, 0xd0]),  // MOV R8, DX
        .bytes([0x31, 0xd2]),  // XOR DX, DX
        .bytes([0x49, 0x89, 0x40, 0x08]),  // MOV [R8+8], AX
        Self.end,
      ], calling: "runtime.convT64")
    #expect(site.type?.name == "shop.ID")
    #expect(site.evidence == .forward)
  }

  @Test func `a box is not known by a type that lies at another address of the same register`()
    throws
  {
    let site = try site(
      [
        .call("runtime.convT64"), .address(of: "shop.ID", register: 3),
        .bytes([0x48, 0x89, 0x1a]),  // MOV [DX], BX
        .bytes([0x4c, 0x89, 0xc2]),  // MOV DX, R8
        .bytes([0x48, 0x89, 0x42, 0x08]),  // MOV [DX+8], AX
        Self.end,
      ], calling: "runtime.convT64")
    #expect(site.cause == .iface)
    #expect(site.type == nil)
  }

  @Test func `a dictionary is found beyond a loop whose condition stands at its end`() throws {
    let site = try site(
      [
        .bytes([0x31, 0xf6]),  // XOR SI, SI
        .bytes([0xeb, 0x03]),  // JMP to the CMP
        .bytes([0x48, 0xff, 0xc6]),  // INC SI
        .bytes([0x48, 0x39, 0xf1]),  // CMP CX, SI
        .bytes([0x7f, 0xf8]),  // JG to the INC
        .bytes([0x48, 0x8b, 0x00]),  // MOV AX, [AX]
        .call("runtime.newobject"), Self.end,
      ], calling: "runtime.newobject", dictionary: ["shop.ID"])
    #expect(site.type?.name == "shop.ID")
    #expect(site.evidence == .dictionary)
  }

  @Test func `code that is only reached from itself says nothing`() throws {
    let site = try site(
      [
        Self.end,
        .bytes([0x48, 0xff, 0xc6]),  // INC SI
        .bytes([0x7f, 0xfb]),  // JG to the INC
        .bytes([0x48, 0x8b, 0x00]),  // MOV AX, [AX]
        .call("runtime.newobject"), Self.end,
      ], calling: "runtime.newobject", dictionary: ["shop.ID"])
    #expect(site.cause == .new)
    #expect(site.type == nil)
  }
}
