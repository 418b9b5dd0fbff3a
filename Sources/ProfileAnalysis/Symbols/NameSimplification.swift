import ProfileModel

/// How much of a C++ name is shown, as `pprof -symbolize` has it.
///
/// Names that look like C++ lose their arguments, and their template arguments; Go's instantiated
/// functions look like that too. Mangled names are read, where nothing of their arguments is shown.
public struct NameSimplification: Hashable, Sendable {
  /// Whether the parts in round brackets go.
  public var dropsArguments = true
  /// Whether the parts in angle brackets go.
  public var dropsTemplateArguments = true
  /// Whether names stay as they are, mangled or not.
  public var keepsMangledNames = false
  /// Whether names are made anew from those that the linker knows.
  public var isForced = false

  public init() {}

  /// The name as it is shown; nil where it stays.
  func simplified(_ name: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard !keepsMangledNames else { return nil }
    let detail = NameDetail(
      showsArguments: !dropsArguments, showsTemplateArguments: !dropsTemplateArguments)
    if let demangled = MangledName.demangled(name, detail: detail) { return demangled }
    guard Self.looksLikeCPlusPlus(name) else { return nil }
    var result = Array(name)
    if dropsArguments { Self.drop(UInt8(ascii: "("), UInt8(ascii: ")"), from: &result) }
    if dropsTemplateArguments { Self.drop(UInt8(ascii: "<"), UInt8(ascii: ">"), from: &result) }
    return result.count == name.count ? nil : result
  }

  /// Java's constructors and methods of Go's generic types have the same signs and are told apart.
  private static func looksLikeCPlusPlus(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    var hasSign = false
    for index in name.indices {
      switch name[index] {
      case UInt8(ascii: "<"):
        if index > 0, name[index - 1] == UInt8(ascii: ".") { return false }
        hasSign = true
      case UInt8(ascii: "]"):
        if name[(index + 1)...].starts(with: ").".utf8) { return false }
        hasSign = true
      case UInt8(ascii: ">"), UInt8(ascii: "["): hasSign = true
      case UInt8(ascii: ":") where index > 0 && name[index - 1] == UInt8(ascii: ":"):
        hasSign = true
      default: break
      }
    }
    return hasSign
  }

  /// Takes balanced brackets out with what is in them; from the first that closes without one open
  /// on, everything stays.
  private static func drop(_ opening: UInt8, _ closing: UInt8, from name: inout [UInt8]) {
    var result: [UInt8] = []
    result.reserveCapacity(name.count)
    var depth = 0
    /// Where the outermost open bracket is.
    var start = 0
    for index in name.indices {
      if name[index] == opening {
        if depth == 0 { start = index }
        depth += 1
      } else if name[index] == closing {
        if depth == 0 {
          name = result + name[index...]
          return
        }
        depth -= 1
      } else if depth == 0 {
        result.append(name[index])
      }
    }
    name = depth == 0 ? result : result + name[start...]
  }
}

extension Profile {
  /// The profile with simpler names, where the linker's name is the only one it has.
  ///
  /// - Complexity: O(*n*) in the bytes of names.
  public func simplifyingNames(_ simplification: NameSimplification) -> Profile {
    var names: [StringID: [UInt8]] = [:]
    var isKept = [Bool](repeating: false, count: strings.count)
    var changes: [Int: StringID] = [:]
    for function in functions.indices {
      var name = functions.names[function]
      let systemName = functions.systemNames[function]
      if simplification.isForced, name != .empty, systemName != .empty, name != systemName {
        name = systemName
        changes[function] = systemName
      }
      guard name == .empty || name == systemName else { continue }
      if name != systemName { changes[function] = systemName }
      if isKept[systemName.index] { continue }
      if names[systemName] == nil {
        names[systemName] = strings.withBytes(of: systemName) { simplification.simplified($0) }
        isKept[systemName.index] = names[systemName] == nil
      }
      if names[systemName] != nil { changes[function] = systemName }
    }
    guard !changes.isEmpty else { return self }
    var builder = StringTableBuilder(strings)
    let ids = names.mapValues { name in name.withUnsafeBufferPointer { builder.intern($0) } }
    let newNames = functions.indices.map { function in
      changes[function].map { ids[$0] ?? $0 } ?? functions.names[function]
    }
    return replacing(
      strings: builder.finish(),
      functions: FunctionTable(
        ids: functions.ids, names: Column(newNames), systemNames: functions.systemNames,
        filenames: functions.filenames, startLines: functions.startLines))
  }
}
