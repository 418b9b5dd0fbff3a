import ProfileModel
import Testing

@testable import ProfileFormats

@Suite struct PprofStackTests {
  /// How a sample writes its locations.
  private enum Form: CaseIterable { case packed, single, both }

  /// A profile whose ids are `step` apart, of stacks in these forms.
  private static func profile(
    _ stacks: [[Int]], _ forms: [Form], step: UInt64
  ) throws -> Profile {
    let count = (stacks.joined().max() ?? 0) + 1
    var wire = Wire()
    wire.message(1) { $0.number(1, 1) }
    for (stack, form) in zip(stacks, forms) {
      let ids = stack.map { UInt64($0 + 1) * step }
      wire.message(2) { sample in
        switch form {
        case .packed: sample.packed(1, ids)
        case .single: for id in ids { sample.number(1, id) }
        case .both:
          sample.packed(1, Array(ids.prefix(2)))
          sample.packed(1, Array(ids.dropFirst(2)))
        }
        sample.number(2, 1)
      }
    }
    for location in 0..<count { wire.message(4) { $0.number(1, UInt64(location + 1) * step) } }
    wire.strings(["", "cpu"])
    let profile = try ProfileFormats.decode(wire.bytes)
    #expect(dump(try PprofStream.decode(wire.bytes, pieceSize: 200)) == dump(profile))
    return profile
  }

  private static func expectSame(_ stacks: [[Int]], _ profile: Profile) {
    #expect(profile.checkInvariants() == nil)
    var cursor = StackCursor(profile.stacks)
    for (sample, stack) in stacks.enumerated() {
      let found = cursor.locations(of: profile.samples.stacks[sample]).map(\.index)
      #expect(found == stack)
    }
  }

  @Test(arguments: [1, 77, 9_000, 3_000_000] as [UInt64])
  func `stacks that share their roots are read as written, whatever the ids and the lists`(
    step: UInt64
  ) throws {
    var path: [Int] = []
    let stacks = (0..<400).map { _ in
      path.removeLast(Int.random(in: 0...path.count) / 2)
      for _ in 0..<Int.random(in: 0..<8) { path.append(Int.random(in: 0..<300)) }
      return Array(path.reversed())
    }
    let packed = Array(repeating: Form.packed, count: stacks.count)
    Self.expectSame(stacks, try Self.profile(stacks, packed, step: step))
    let mixed = stacks.map { _ in Form.allCases.randomElement() ?? .packed }
    Self.expectSame(stacks, try Self.profile(stacks, mixed, step: step))
  }

  @Test func `ids that end in the same bytes are told apart`() throws {
    // 130 is 0x82 0x01 and 258 is 0x82 0x02, 1 is 0x01 alone: bytes are shared that are no ids.
    let stacks = [[129, 0], [0, 0], [129], [0], [257, 1, 0], [1, 0], [129, 1, 0], [0, 1, 0]]
    let forms = Array(repeating: Form.packed, count: stacks.count)
    Self.expectSame(stacks, try Self.profile(stacks, forms, step: 1))
  }

  @Test(arguments: 0..<40) func `lists are compared as decoded ones are`(length: Int) {
    for _ in 0..<50 {
      let values = (0..<length).map { _ in
        UInt64.random(in: 0..<(1 << 20)) >> UInt64.random(in: 0..<20)
      }
      var other = values
      let changed = length == 0 ? 0 : Int.random(in: 0..<length)
      if length > 0 { other[changed] = UInt64.random(in: 0..<1000) }
      other.insert(5, at: 0)
      let (left, right) = (Self.list(values), Self.list(other))
      let same = zip(values.reversed(), other.reversed()).prefix { $0 == $1 }.count
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          let end = VarintList.commonEnd(left, right)
          #expect(Array(left.suffix(end)) == Self.list(Array(values.suffix(same))))
          #expect(VarintList.count(left.suffix(end)) == same)
          #expect(VarintList.count(right.prefix(right.count - end)) == other.count - same)
        }
      }
    }
  }

  private static func list(_ values: [UInt64]) -> [UInt8] {
    var writer = WireWriter()
    for value in values { writer.varint(value) }
    return writer.bytes
  }

  @Test func `an id that is nowhere is an error in a stack that shares its root`() {
    var wire = Wire.minimal()
    wire.message(2) {
      $0.packed(1, [9, 1])
      $0.number(2, 1)
    }
    #expect(throws: ProfileDecodingError.self) { try ProfileFormats.decode(wire.bytes) }
  }
}
