import GoBinary
import ProfileAnalysis
import ProfileModel

/// Names addresses that a profile has no names for, out of the binaries of this machine.
///
/// As with `go tool pprof`, a binary is read where the user says, where `PPROF_BINARY_PATH` leads to
/// it, or where the profile says that it was.
struct LocalSymbols {
  /// Whether names that are there already are looked up again.
  let isForced: Bool
  /// The binary that the user named; empty for none.
  let binary: String

  func symbolized(_ profile: Profile) -> Profile {
    profile.symbolizing(isForced: isForced) { mapping in
      guard !mapping.file.isEmpty, !Self.isSystem(mapping) else { return nil }
      var lookup = BinaryLookup()
      if mapping.file == binary { lookup.given = (path: binary, why: "first argument") }
      guard let found = try? lookup.find(mapping) else { return nil }
      let ids = [found.image.buildID.linker, found.image.buildID.go].compactMap { $0 }
      let isSame = mapping.file == binary || ids.contains(mapping.buildID)
      guard isSame || mapping.buildID.isEmpty || ids.isEmpty else { return nil }
      return Self.lookup(found, mapping, isSame: isSame)
    }
  }

  /// What the binary knows of the addresses of a mapping.
  ///
  /// - Parameter isSame: whether it is known to be the one that ran: a library of the same name on
  ///   another machine is another one.
  private static func lookup(
    _ found: BinaryLookup.Found, _ mapping: Mapping, isSame: Bool
  ) -> (UInt64) -> [SymbolFrame] {
    let functions = (try? GoExecutable(found.image.bytes))?.functions
    let symbols = isSame ? SymbolTable(found.image) : nil
    return { address in
      let address = found.image.address(
        ofProcessAddress: address, mappedFrom: mapping.start, fileOffset: mapping.offset)
      guard let address else { return [] }
      // pprof takes the name of the function that is there, and the line of what it inlined.
      if let frames = functions?.frames(at: address), let inner = frames.first,
        let outer = frames.last
      {
        return [
          SymbolFrame(function: outer.function, file: inner.file, line: Int64(inner.line))
        ]
      }
      return symbols?.function(at: address).map { [SymbolFrame(function: $0)] } ?? []
    }
  }

  /// What the system maps into every program has no file.
  private static func isSystem(_ mapping: Mapping) -> Bool {
    let name = mapping.file.split(separator: "/").last ?? ""
    return name.hasPrefix("[") || name.hasPrefix("linux-vdso") || mapping.file == "//anon"
      || mapping.file.hasPrefix("/dev/dri/")
  }
}
