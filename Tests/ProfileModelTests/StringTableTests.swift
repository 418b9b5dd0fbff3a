import ProfileModel
import Testing

@Suite struct StringTableTests {
  @Test func `equal strings have equal ids, and the empty one is 0`() {
    var builder = StringTableBuilder()
    let names = (0..<1_000).map { "main.function\($0)" }
    let first = names.map { builder.intern($0) }
    let second = names.map { builder.intern($0) }
    #expect(first == second)
    #expect(builder.intern("") == .empty)
    let table = builder.finish()
    #expect(table.count == 1_001)
    #expect(zip(first, names).allSatisfy { table[$0] == $1 })
    #expect(table.id(of: "main.function7") == first[7])
    #expect(table.id(of: "main.function") == nil)
  }

  @Test func `a string that is added leaves the ids of the others`() {
    var builder = StringTableBuilder()
    let main = builder.intern("main")
    let table = builder.finish()
    let added = table.adding("main.work")
    #expect(added.table[main] == "main" && added.table[added.id] == "main.work")
    #expect(added.table.count == 3)
    let again = added.table.adding("main")
    #expect(again.id == main && again.table.count == 3)
  }

  @Test func `order is that of bytes, a prefix first`() {
    var builder = StringTableBuilder()
    let (a, ab, z, umlaut) = (
      builder.intern("a"), builder.intern("ab"), builder.intern("z"), builder.intern("ä")
    )
    let table = builder.finish()
    #expect([umlaut, z, ab, a].sorted { table.isOrdered($0, before: $1) } == [a, ab, z, umlaut])
  }

  @Test func `bytes that are not UTF-8 are kept as they were`() {
    var builder = StringTableBuilder()
    let bytes: [UInt8] = [0x66, 0xff, 0x6f]
    let id = bytes.withUnsafeBufferPointer { builder.intern($0) }
    let table = builder.finish()
    #expect(table.withBytes(of: id) { Array($0) } == bytes)
    #expect(table[id] == "f\u{FFFD}o")
  }
}
