import ProfileModel

/// All that can tell one node from another.
struct NodeRow: Hashable {
  var name = StringID.empty
  var file = StringID.empty
  var line: Int64 = 0
  var column: Int64 = 0
  var address: UInt64 = 0
  var objectFile = StringID.empty
  var startLine: Int64 = 0
}

/// The rows of a node table while they are found: gives equal rows the same id.
struct NodeRows: ~Copyable {
  var names: ColumnBuilder<StringID>
  var files: ColumnBuilder<StringID>
  var lines: ColumnBuilder<Int64>
  var columns: ColumnBuilder<Int64>
  var addresses: ColumnBuilder<UInt64>
  var objectFiles: ColumnBuilder<StringID>
  var startLines: ColumnBuilder<Int64>

  /// The rows that `intern` can find, with their hashes, so that most mismatches need no row.
  struct Entry: BitwiseCopyable {
    var hash: UInt32
    var id: NodeID
  }
  private var entries = ColumnBuilder<Entry>()
  /// Entries by hash, open addressing, at most half full, `.max` where free; its size is a power
  /// of two.
  private var slots = [UInt32](repeating: .max, count: 64)
  /// Differs from process to process, so that no file can be made of rows that collide.
  private let seed = UInt64(truncatingIfNeeded: Hasher().finalize())

  /// - Parameter capacity: rows to make room for; more are accepted.
  init(capacity: Int) {
    names = ColumnBuilder(capacity: capacity)
    files = ColumnBuilder(capacity: capacity)
    lines = ColumnBuilder(capacity: capacity)
    columns = ColumnBuilder(capacity: capacity)
    addresses = ColumnBuilder(capacity: capacity)
    objectFiles = ColumnBuilder(capacity: capacity)
    startLines = ColumnBuilder(capacity: capacity)
  }

  /// The id of the row, which is a new one unless it was interned before.
  mutating func intern(_ row: NodeRow) -> NodeID {
    if entries.count &* 2 >= slots.count { growSlots() }
    let mask = slots.count - 1
    let hash = hash(of: row)
    var slot = Int(hash) & mask
    while slots[slot] != .max {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, isEqual(entry.id, row) { return entry.id }
      slot = (slot &+ 1) & mask
    }
    let id = append(row)
    slots[slot] = UInt32(entries.count)
    entries.append(Entry(hash: hash, id: id))
    return id
  }

  /// Adds a row that is known to be new, and that will not be asked for by its properties.
  mutating func append(_ row: NodeRow) -> NodeID {
    let id = NodeID(names.count)
    names.append(row.name)
    files.append(row.file)
    lines.append(row.line)
    columns.append(row.column)
    addresses.append(row.address)
    objectFiles.append(row.objectFile)
    startLines.append(row.startLine)
    return id
  }

  private func isEqual(_ id: NodeID, _ row: NodeRow) -> Bool {
    let index = id.index
    return names[index] == row.name && files[index] == row.file && lines[index] == row.line
      && columns[index] == row.column && addresses[index] == row.address
      && objectFiles[index] == row.objectFile && startLines[index] == row.startLine
  }

  private mutating func growSlots() {
    var larger = [UInt32](repeating: .max, count: slots.count * 2)
    let mask = larger.count - 1
    for index in 0..<entries.count {
      var slot = Int(entries[index].hash) & mask
      while larger[slot] != .max { slot = (slot &+ 1) & mask }
      larger[slot] = UInt32(index)
    }
    slots = larger
  }

  private func hash(of row: NodeRow) -> UInt32 {
    var hash = seed
    func mix(_ value: UInt64) {
      let product = (hash ^ value).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
      hash = product.high ^ product.low
    }
    mix(UInt64(row.name.rawValue) | UInt64(row.file.rawValue) << 32)
    mix(UInt64(bitPattern: row.line))
    mix(row.address)
    mix(UInt64(bitPattern: row.column) ^ UInt64(row.objectFile.rawValue) << 32)
    mix(UInt64(bitPattern: row.startLine))
    return UInt32(truncatingIfNeeded: hash)
  }
}
