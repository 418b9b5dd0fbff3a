import ProfileModel

/// Reads where stacks of a profile come from: the program's own frame, and the library below it.
struct StackReader {
  private let profile: Profile
  private var names: [FunctionID: (name: String, isLibrary: Bool)] = [:]
  private var known: [StackID: Origin] = [:]

  /// Where an allocation comes from.
  struct Origin: Hashable {
    /// The first frame that is the program's own; the root's where there is none.
    var place: UserPlace?
    var context: LibraryContext?
    /// Whether it is the profiler's own.
    var isOfProfiler: Bool
  }

  init(_ profile: Profile) { self.profile = profile }

  mutating func origin(of stack: StackID) -> Origin {
    if let known = known[stack] { return known }
    let origin = read(stack)
    known[stack] = origin
    return origin
  }

  private mutating func read(_ stack: StackID) -> Origin {
    var library: [String] = []
    var place: UserPlace?
    var last: UserPlace?
    var isOfProfiler = false
    for location in profile.stacks[stack] {
      for line in profile.locations.lines(of: location) {
        let (name, isLibrary) = entry(line.function)
        if name.hasPrefix("runtime/pprof.") { isOfProfiler = true }
        guard place == nil else { continue }
        if isLibrary {
          library.append(name)
          last = UserPlace(function: name, file: "", line: 0)
        } else {
          let file = profile.strings[profile.functions.filenames[line.function.index]]
          // The compiler's wrapper of a deferred call stands on the line of the function itself.
          let own = name.start(ofDeferWrapper: ".deferwrap").map { String(name[..<$0]) } ?? name
          place = UserPlace(function: own, file: file, line: line.line)
        }
      }
    }
    return Origin(
      place: place ?? last, context: LibraryContext(library), isOfProfiler: isOfProfiler)
  }

  mutating func entry(_ function: FunctionID) -> (name: String, isLibrary: Bool) {
    if let known = names[function] { return known }
    let name = profile.name(of: function)
    let entry = (name, StandardLibrary.has(name))
    names[function] = entry
    return entry
  }
}

extension String {
  /// Where the compiler's addition for deferred calls begins.
  fileprivate func start(ofDeferWrapper mark: String) -> Index? {
    guard let dot = lastIndex(of: "."), self[dot...].hasPrefix(mark) else { return nil }
    return dot
  }
}
