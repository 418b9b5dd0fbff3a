import TestSupport
import Testing

@testable import GoBinary

/// The shipped program with bytes changed at random, the same in every run.
@Suite struct MutationTests {
  /// A program that is changed in place, and mended after each try.
  private final class Patient {
    let memory: UnsafeMutableRawBufferPointer
    private let original: [UInt8]
    private var changed: [Int] = []

    init(_ bytes: [UInt8]) {
      original = bytes
      memory = .allocate(byteCount: bytes.count, alignment: 16)
      memory.copyBytes(from: bytes)
    }

    deinit { memory.deallocate() }

    func set(_ offset: Int, _ value: UInt8) {
      guard offset < memory.count else { return }
      memory[offset] = value
      changed.append(offset)
    }

    func mend() {
      for offset in changed { memory[offset] = original[offset] }
      changed = []
    }

    /// - Parameter count: fewer than all, for a truncated file.
    func image(count: Int? = nil) -> ImageBytes {
      ImageBytes(
        UnsafeRawBufferPointer(rebasing: memory[..<(count ?? memory.count)]), owner: self)
    }
  }

  /// The parts of the file on which reading it depends.
  private static func targets(_ executable: GoExecutable) -> [Range<Int>] {
    let header = executable.functions.header
    let table = executable.image.fileOffset(of: header.address) ?? 0
    let module = executable.image.section(named: ".go.module")?.fileOffset ?? 0
    let types = executable.image.fileOffset(of: executable.types.addresses.lowerBound) ?? 0
    let names = executable.image.section(named: ".shstrtab")?.fileOffset ?? 0
    return [
      0..<0x400, table..<table + 72, header.functions..<header.functions + 8000,
      header.values..<header.values + 60_000, header.files..<header.files + 4096,
      module..<module + 512, types..<types + 100_000, names..<names + 256,
    ]
  }

  /// Calls all over the program: what a profile's stacks would hold.
  private static func addresses(_ executable: GoExecutable) throws -> [UInt64] {
    var decoder = try #require(InstructionSets.decoder(for: executable))
    return executable.functions.all.enumerated()
      .filter { $0.offset % 400 == 7 }
      .flatMap { decoder.directCalls(in: $0.element).prefix(2).map { $0.returnAddress - 1 } }
  }

  @Test func `no mutation of a real program traps or hangs`() throws {
    let executable = try LeaksBinary.executable.get()
    let targets = Self.targets(executable)
    let addresses = try Self.addresses(executable)
    let patient = Patient(LeaksBinary.bytes)
    var random = SplitMix(state: 6)
    for round in 0..<1200 {
      for _ in 0...random.next() % 6 {
        let target = targets[Int(random.next() % UInt64(targets.count))]
        let offset = target.lowerBound + Int(random.next() % UInt64(target.count))
        let width = [1, 1, 4, 8][Int(random.next() % 4)]
        let value = Self.interesting(&random)
        for byte in 0..<width {
          patient.set(offset + byte, UInt8(truncatingIfNeeded: value >> (8 * UInt64(byte))))
        }
      }
      let start = round % (addresses.count - 4)
      HostileImageTests.use(patient.image(), addresses: Array(addresses[start..<start + 4]))
      patient.mend()
    }
  }

  @Test func `no mutation of the code traps or hangs`() throws {
    let executable = try LeaksBinary.executable.get()
    let patient = Patient(LeaksBinary.bytes)
    let addresses = try Self.addresses(executable)
    var random = SplitMix(state: 7)
    for round in 0..<1200 {
      let address = addresses[round % addresses.count]
      let function = try #require(executable.functions.function(at: address))
      let code = try #require(executable.image.fileOffset(of: function.entry))
      let length = UInt64(min(function.addresses.count, 2000))
      for _ in 0..<20 {
        patient.set(
          code + Int(random.next() % length), UInt8(truncatingIfNeeded: random.next()))
      }
      HostileImageTests.use(patient.image(), addresses: [address, addresses[0]])
      patient.mend()
    }
  }

  @Test func `no truncation of a real program traps or hangs`() throws {
    let executable = try LeaksBinary.executable.get()
    let patient = Patient(LeaksBinary.bytes)
    let addresses = Array(try Self.addresses(executable).prefix(2))
    for step in 0..<300 {
      let count = step < 100 ? step * 16 : LeaksBinary.bytes.count * (step - 100) / 200
      HostileImageTests.use(patient.image(count: count), addresses: addresses)
    }
  }

  private static func interesting(_ random: inout SplitMix) -> UInt64 {
    switch random.next() % 6 {
    case 0: 0
    case 1: .max
    case 2: 1 << (random.next() % 64)
    case 3: UInt64(Int64.max)
    case 4: random.next() % 4096
    default: random.next()
    }
  }
}
