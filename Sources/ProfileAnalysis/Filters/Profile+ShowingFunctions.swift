import ProfileModel

extension Profile {
  /// The profile without the frames of functions that are not shown; what those cost falls to the
  /// frame that called them. Samples without any frame that is shown are left out.
  ///
  /// As `show` does, with functions named one by one instead of by an expression.
  ///
  /// - Parameter isShown: by function, whether its frames stay.
  /// - Complexity: O(*n*) in lines of locations and in frames of stacks.
  public func showing(functions isShown: [Bool]) -> Profile {
    precondition(isShown.count == functions.count, "a decision for each function")
    var isHidden: [Bool] = []
    isHidden.reserveCapacity(locations.count)
    let old = locations
    let table = old.rewritingLines { location, result in
      let start = result.count
      for line in old.lines(of: location) where isShown[line.function.index] { result.append(line) }
      isHidden.append(result.count == start)
    }
    return replacing(locations: table).leavingOutFrames(where: Column(isHidden))
  }
}
