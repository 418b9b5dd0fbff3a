/// The functions that an executable names for the linker, by address: ELF's symbol table.
///
/// What programs of any language have, unless it was stripped; Go's own tables say more.
public struct SymbolTable: Sendable {
  private struct Symbol {
    let address: UInt64
    let size: UInt64
    /// Where its name lies in the file.
    let name: Int
  }

  private let bytes: ImageBytes
  /// In order of addresses.
  private let symbols: [Symbol]

  /// Bytes of a row.
  private static let rowSize = 24

  /// The table of `image`; nil where it has none.
  ///
  /// - Complexity: O(*n* log *n*) in symbols.
  public init?(_ image: BinaryImage) {
    bytes = image.bytes
    for (table, names) in [(".symtab", ".strtab"), (".dynsym", ".dynstr")] {
      guard let rows = image.section(named: table), let names = image.section(named: names) else {
        continue
      }
      let symbols = Self.functions(in: rows, names, of: image.bytes)
      guard !symbols.isEmpty else { continue }
      self.symbols = symbols
      return
    }
    return nil
  }

  /// The name of the function that holds `address`; nil where none says that it does.
  ///
  /// - Complexity: O(log *n*)
  public func function(at address: UInt64) -> String? {
    var (low, high) = (0, symbols.count)
    while low < high {
      let middle = (low + high) / 2
      if symbols[middle].address <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let symbol = symbols[low - 1]
    // Hand-written code has no size; it reaches to the next symbol.
    let isInside =
      address &- symbol.address < symbol.size || symbol.size == 0 && low < symbols.count
    guard isInside, let name = bytes.cString(at: symbol.name), !name.isEmpty else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  private static func functions(
    in rows: BinaryImage.Section, _ names: BinaryImage.Section, of bytes: ImageBytes
  ) -> [Symbol] {
    // What the file does not hold is not looked for.
    let count = min(rows.size, max(bytes.count &- rows.fileOffset, 0)) / rowSize
    var symbols: [Symbol] = []
    for index in 0..<max(count, 0) {
      let row = rows.fileOffset &+ index &* rowSize
      guard let name = bytes.u32(at: row), let kind = bytes.byte(at: row &+ 4),
        let section = bytes.u16(at: row &+ 6), let address = bytes.u64(at: row &+ 8),
        let size = bytes.u64(at: row &+ 16)
      else { break }
      // Functions, plain or chosen as the program starts, that are in this file.
      guard kind & 15 == 2 || kind & 15 == 10, section != 0, Int(name) < names.size else {
        continue
      }
      symbols.append(Symbol(address: address, size: size, name: names.fileOffset &+ Int(name)))
    }
    // Of several names for one place the first stands, whatever its size.
    return symbols.enumerated().sorted {
      ($0.element.address, -$0.offset) < ($1.element.address, -$1.offset)
    }.map(\.element)
  }
}
