import ProfileModel

/// The functions of two profiles in one table: those with the same name and file are one.
///
/// Where a build has a function of that name in one file only, and the other build in another file
/// of the same base name, they are one as well: folders differ between machines and versions.
struct FunctionAlignment {
  let strings: StringTable
  let functions: FunctionTable
  /// By function of the profile, its row in `functions`.
  let baseIDs: [FunctionID]
  let otherIDs: [FunctionID]
  /// By row of `functions`, where the base has it begin; 0 where unknown.
  let baseStartLines: [Int64]
  /// By row of `functions`, the file that the base has for it.
  private let baseFiles: [StringID]

  init(base: Profile, other: Profile) throws(MergeError) {
    let bytes = base.strings.allBytes.count + other.strings.allBytes.count
    guard bytes < UInt32.max else { throw .tooLarge }
    var strings = StringTableBuilder(other.strings)
    let baseStrings = (0..<base.strings.count).map { index in
      base.strings.withBytes(of: StringID(index)) { strings.intern($0) }
    }
    var rows = Rows()
    otherIDs = other.functions.indices.map { function in
      let table = other.functions
      return rows.id(
        table.names[function], file: table.filenames[function],
        start: table.startLines[function])
    }
    let places = PlacesByName(rows)
    let baseKeys = base.functions.indices.map { function in
      (
        baseStrings[base.functions.names[function].index],
        baseStrings[base.functions.filenames[function].index]
      )
    }
    let known = Set(baseKeys.map { Rows.key($0.0, $0.1) })
    let table = strings.finish()
    baseIDs = base.functions.indices.map { function in
      let (name, file) = baseKeys[function]
      let start = base.functions.startLines[function]
      if !rows.has(name, file: file), let only = places.only(name),
        !known.contains(Rows.key(name, rows.files[only.index])),
        Self.isSameBase(file, rows.files[only.index], table)
      {
        return only
      }
      return rows.id(name, file: file, start: start)
    }
    var starts = [Int64](repeating: 0, count: rows.names.count)
    var files = rows.files
    for (function, id) in baseIDs.enumerated() where starts[id.index] == 0 {
      starts[id.index] = base.functions.startLines[function]
      files[id.index] = baseKeys[function].1
    }
    baseStartLines = starts
    baseFiles = files
    self.strings = table
    functions = rows.table()
  }

  func name(of function: FunctionID) -> String { strings[functions.names[function.index]] }

  /// The source file of the function in the newer build.
  func file(of function: FunctionID) -> String { strings[functions.filenames[function.index]] }

  /// The source file of the function in the base.
  func baseFile(of function: FunctionID) -> String { strings[baseFiles[function.index]] }

  private static func isSameBase(_ left: StringID, _ right: StringID, _ strings: StringTable)
    -> Bool
  {
    strings.withBytes(of: left) { left in
      strings.withBytes(of: right) { FilePath.base(of: left) == FilePath.base(of: $0) }
    }
  }

  private struct Rows {
    var names: [StringID] = []
    var files: [StringID] = []
    private var starts: [Int64] = []
    private var ids: [UInt64: FunctionID] = [:]

    static func key(_ name: StringID, _ file: StringID) -> UInt64 {
      UInt64(name.rawValue) << 32 | UInt64(file.rawValue)
    }

    func has(_ name: StringID, file: StringID) -> Bool { ids[Self.key(name, file)] != nil }

    mutating func id(_ name: StringID, file: StringID, start: Int64) -> FunctionID {
      let key = Self.key(name, file)
      if let id = ids[key] { return id }
      let id = FunctionID(names.count)
      ids[key] = id
      names.append(name)
      files.append(file)
      starts.append(start)
      return id
    }

    func table() -> FunctionTable {
      FunctionTable(
        ids: Column(names.indices.map { UInt64($0 + 1) }), names: Column(names),
        systemNames: Column(names), filenames: Column(files), startLines: Column(starts))
    }
  }

  /// The functions by name alone.
  private struct PlacesByName {
    private var first: [StringID: FunctionID] = [:]
    private var several: Set<StringID> = []

    init(_ rows: Rows) {
      for (index, name) in rows.names.enumerated() {
        if first[name] == nil { first[name] = FunctionID(index) } else { several.insert(name) }
      }
    }

    /// The function of that name, where there is one only.
    func only(_ name: StringID) -> FunctionID? { several.contains(name) ? nil : first[name] }
  }
}
