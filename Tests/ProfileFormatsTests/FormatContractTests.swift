import ProfileModel
import TestSupport
import Testing

@testable import ProfileFormats

/// What every format of the registry keeps to.
@Suite struct FormatContractTests {
  @Test func `every format that is written is in the registry`() {
    let files = familyMembers(
      in: "Sources/ProfileFormats", ending: "Format", except: ["ProfileFormat"])
    #expect(typeNames(ProfileFormats.all) == files)
  }

  @Test func `every format has a sample here`() {
    #expect(FormatSamples.all.map(\.format).sorted() == ProfileFormats.all.map(\.name).sorted())
  }

  @Test(arguments: FormatSamples.all.map(\.format))
  func `a sample is recognized by its format alone`(name: String) throws {
    let bytes = try sample(name)
    let formats = ProfileFormats.all.filter { format in
      bytes.withUnsafeBytes { format.recognizes($0) }
    }
    #expect(formats.map(\.name) == [name])
  }

  @Test(arguments: FormatSamples.all.map(\.format))
  func `a sample decodes to a profile with samples, also when compressed`(name: String) throws {
    let bytes = try sample(name)
    let profile = try ProfileFormats.decode(bytes)
    #expect(profile.samples.count > 0)
    #expect(profile.checkInvariants() == nil)
    #expect(dump(try ProfileFormats.decode(Gzip.compress(bytes))) == dump(profile))
  }

  @Test(arguments: FormatSamples.all.map(\.format))
  func `every cut of a sample is refused or is a sound profile`(name: String) throws {
    let bytes = try sample(name)
    let format = try #require(ProfileFormats.all.first { $0.name == name })
    for count in 0..<bytes.count {
      let cut = Array(bytes.prefix(count))
      if let profile = try? format.decoded(cut) { #expect(profile.checkInvariants() == nil) }
      if let profile = try? ProfileFormats.decode(cut) { #expect(profile.checkInvariants() == nil) }
    }
  }

  @Test(arguments: FormatSamples.all.map(\.format))
  func `changes at random are refused or make a sound profile`(name: String) throws {
    let original = try sample(name)
    let format = try #require(ProfileFormats.all.first { $0.name == name })
    var random = Mutations(seed: 1)
    for _ in 0..<1_000 {
      let bytes = random.mutated(original)
      if let profile = try? format.decoded(bytes) {
        #expect(profile.checkInvariants() == nil, "\(bytes)")
        _ = PprofEncoder.encode(profile)
      }
    }
  }

  @Test(arguments: FormatSamples.all.map(\.format))
  func `giving up ends with an error`(name: String) throws {
    let bytes = try sample(name)
    #expect(throws: ProfileDecodingError.cancelled) {
      try bytes.withUnsafeBytes { try ProfileFormats.decode($0) { _ in false } }
    }
  }

  @Test func `a long text can be given up in the middle`() {
    let text = String(repeating: "main;work 1\n", count: 20_000)
    #expect(throws: ProfileDecodingError.cancelled) {
      try Array(text.utf8).withUnsafeBytes { bytes in
        try ProfileFormats.decode(bytes) { $0.completedBytes < 100_000 }
      }
    }
  }

  private func sample(_ name: String) throws -> [UInt8] {
    try #require(FormatSamples.all.first { $0.format == name }).bytes
  }
}

/// Changes bytes in ways that parsers trip over; the same ways for the same seed.
struct Mutations {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private static let numbers = [
    "0", "-1", "9223372036854775808", "99999999999999999999", "0x", "08",
  ]

  mutating func mutated(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0...next(5) where !bytes.isEmpty {
      let index = next(bytes.count)
      switch next(7) {
      case 0: bytes[index] = UInt8(next(256))
      case 1: bytes[index] ^= 1 << next(8)
      case 2: bytes.remove(at: index)
      case 3: bytes.insert(UInt8(next(256)), at: index)
      case 4: bytes.removeLast(min(bytes.count, next(32)))
      case 5:
        let piece = Array(bytes[index..<min(index + next(40), bytes.count)])
        bytes.insert(contentsOf: piece, at: next(bytes.count))
      default:
        guard let digit = bytes[index...].firstIndex(where: \.isDigit) else { continue }
        let number = Self.numbers[next(Self.numbers.count)]
        bytes.replaceSubrange(digit...digit, with: Array(number.utf8))
      }
    }
    return bytes
  }

  private mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}
