/// What files are called on the screen.
enum FileNames {
  /// The last parts of each path: the fewest that tell it from all others.
  static func short(_ paths: [String]) -> [String] {
    let parts = paths.map { $0.split(separator: "/") }
    var names = paths
    var pending = Array(paths.indices)
    var length = 1
    while !pending.isEmpty {
      // What is longer than another path can still end in the same parts.
      var groups: [String: [Int]] = [:]
      for index in pending {
        groups[parts[index].suffix(length).joined(separator: "/"), default: []].append(index)
      }
      pending = []
      for (end, group) in groups {
        let isTold = group.allSatisfy { paths[$0] == paths[group[0]] }
        for index in group where !end.isEmpty {
          // The whole path, with what it starts with.
          names[index] = parts[index].count <= length && !isTold ? paths[index] : end
        }
        if !isTold { pending += group.filter { parts[$0].count > length } }
      }
      length += 1
    }
    return names
  }
}
