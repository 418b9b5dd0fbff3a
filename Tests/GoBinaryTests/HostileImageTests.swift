import Testing

@testable import GoBinary

@Suite struct HostileImageTests {
  private func error(_ bytes: [UInt8]) -> GoBinaryError? {
    do {
      _ = try GoExecutable(ImageBytes(copying: bytes))
      return nil
    } catch {
      return error
    }
  }

  private var built: GoImage.Built { built(.elf) }

  private func built(_ container: GoImage.Container) -> GoImage.Built {
    GoImage(
      container: container,
      functions: [
        ("main.f", [.address(of: "int", register: 0), .call("runtime.newobject"), .bytes([0xc3])]),
        ("runtime.newobject", [.bytes([0xc3])]),
      ],
      types: [GoImage.TypeSpec(name: "int", kind: .int, size: 8)]
    ).build()
  }

  @Test func `other files are refused with the reason`() {
    #expect(error([]) == .unrecognizedContainer)
    #expect(error(Array("#!/bin/sh\n".utf8)) == .unrecognizedContainer)
    #expect(error([0x7f, 0x45, 0x4c, 0x46]) == .unsupportedContainer("32-bit ELF"))
    var bytes = built.bytes
    bytes[4] = 1
    #expect(error(bytes) == .unsupportedContainer("32-bit ELF"))
    bytes = built.bytes
    bytes[5] = 2
    #expect(error(bytes) == .unsupportedContainer("big-endian ELF"))
    bytes = built.bytes
    bytes[18] = 40
    #expect(error(bytes) == .unsupportedContainer("ELF machine 40"))
    #expect(
      error([0xca, 0xfe, 0xba, 0xbe] + Array(repeating: 0, count: 60))
        == .unsupportedContainer("universal Mach-O"))
  }

  @Test func `a program in another language has no function table`() {
    var bytes = built.bytes
    bytes[built.functionTable] = 0
    #expect(error(bytes) == .noFunctionTable)
  }

  @Test func `a module that nothing describes is an error`() {
    var bytes = built.bytes
    bytes[built.module] ^= 8
    #expect(error(bytes) == .noModuleData)
    bytes = built.bytes
    // The end of the code before its start.
    for index in 0..<8 { bytes[built.module + 23 * 8 + index] = 0 }
    #expect(error(bytes) == .inconsistentModuleData)
  }

  @Test func `every error has words`() {
    let errors: [GoBinaryError] = [
      .unrecognizedContainer, .unsupportedContainer("32-bit ELF"),
      .outOfBounds(part: "segment", offset: 4096), .noFunctionTable,
      .unsupportedFunctionTable(magic: 0xffff_fffb), .noModuleData, .inconsistentModuleData,
    ]
    for error in errors { #expect(!"\(error)".isEmpty && !"\(error)".hasSuffix(".")) }
    #expect("\(errors[0])" == "not an executable in a known format (ELF, Mach-O)")
  }

  @Test(arguments: GoImage.Container.allCases)
  func `no truncation is read beyond its end`(container: GoImage.Container) {
    let whole = built(container)
    for count in 0..<whole.bytes.count where count < 200 || count % 7 == 0 {
      let bytes = Array(whole.bytes[..<count])
      #expect(error(bytes) != nil, "the first \(count) bytes of \(whole.bytes.count)")
    }
  }

  @Test(arguments: GoImage.Container.allCases)
  func `every byte of the tables may be anything`(container: GoImage.Container) {
    let whole = built(container)
    let call = whole.calls["main.f"]?.first ?? 0
    let ranges = [0..<0xb0, whole.types..<whole.bytes.count]
    for offset in ranges.joined() {
      for value in [0, 1, 0x7f, 0x80, 0xff] as [UInt8] {
        var bytes = whole.bytes
        bytes[offset] = value
        Self.useEverything(bytes, addresses: [call, GoImage.base, .max])
      }
    }
  }

  @Test func `a function longer than the file ends with it`() throws {
    let whole = built
    var bytes = whole.bytes
    // The end of the last function, from which its length follows.
    let names = "main.f\0runtime.newobject\0".utf8.count
    let end = whole.functionTable + 72 + (names + 7) / 8 * 8 + 2 * 8
    for index in 0..<4 { bytes[end + index] = 0xff }
    let executable = try GoExecutable(ImageBytes(copying: bytes))
    let last = try #require(executable.functions.function(at: GoImage.base + 0xffff_0000))
    #expect(executable.functions.name(of: last) == "runtime.newobject")
    var reader = CallSiteReader(executable)
    #expect(reader.site(at: GoImage.base + 0xffff_0000).call == .none)
    #expect(reader.site(at: last.entry + 100).cause == nil)
  }

  /// Opens the file and asks all there is to ask.
  static func useEverything(_ bytes: [UInt8], addresses: [UInt64]) {
    use(ImageBytes(copying: bytes), addresses: addresses)
  }

  static func use(_ bytes: ImageBytes, addresses: [UInt64]) {
    guard let executable = try? GoExecutable(bytes) else { return }
    var reader = CallSiteReader(executable)
    for (index, address) in addresses.enumerated() {
      let site = reader.site(at: address) { frame in
        let next = index + 1 + frame
        return next < addresses.count ? addresses[next] : nil
      }
      if let type = site.type?.description {
        _ = executable.types.element(of: type)
        _ = executable.types.key(of: type)
        _ = type.qualifiedName
      }
      _ = executable.functions.frames(at: address)
    }
  }
}
