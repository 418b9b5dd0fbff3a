import ProfileModel

extension CallTree {
  /// The frames between the root and the frame, without the root, with the frame, outermost first.
  public func path(to id: CallTreeID) -> [CallTreeID] {
    var path: [CallTreeID] = []
    var current = id
    while let parent = parent(of: current) {
      path.append(current)
      current = parent
    }
    return path.reversed()
  }

  /// The nodes on the way to the frame: what finds it again in another tree.
  public func nodes(onPathTo id: CallTreeID) -> [NodeID] { path(to: id).map { node(of: $0) } }

  /// The frame that the nodes lead to from the root, or the last that exists on the way.
  public func deepestFrame(along path: [NodeID]) -> CallTreeID {
    var current = CallTreeID.root
    for node in path {
      guard let next = children(of: current).first(where: { self.node(of: $0) == node }) else {
        break
      }
      current = next
    }
    return current
  }

  /// The heaviest child, its heaviest child, and so on, as long as each has at least
  /// `minimumShare` of the value above it.
  public func hotPath(from id: CallTreeID = .root, minimumShare: Double = 0.5) -> [CallTreeID] {
    var path: [CallTreeID] = []
    var current = id
    while let heaviest = children(of: current).first {
      let (part, whole) = (cumulative(of: heaviest), cumulative(of: current))
      guard part != 0, Double(part.magnitude) >= Double(whole.magnitude) * minimumShare else {
        break
      }
      path.append(heaviest)
      current = heaviest
    }
    return path
  }
}
