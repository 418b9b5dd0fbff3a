import TestSupport
import Testing

@testable import GoBinary

@Test func `every container that is written is listed`() {
  let written = familyMembers(
    in: "Sources/GoBinary/Image", ending: "Format", except: ["BinaryFormat"])
  #expect(!written.isEmpty)
  #expect(Set(BinaryFormats.all.map { String(describing: $0) }) == written)
}

@Test func `every instruction set that is written is listed`() {
  let written = familyMembers(
    in: "Sources/GoBinary/CallSites", ending: "CallSites", except: [])
  #expect(!written.isEmpty)
  #expect(Set(InstructionSets.all.map { String(describing: $0) }) == written)
}

@Test func `every architecture has a decoder`() {
  #expect(Set(InstructionSets.all.map { $0.architecture }) == Set(Architecture.allCases))
}
