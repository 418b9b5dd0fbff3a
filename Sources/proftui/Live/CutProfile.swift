import ProfileModel

extension Profile {
  /// The same with what the server cut off named as that: a function `other` without a file.
  ///
  /// Servers that keep profiles may answer with the largest parts only, and put the rest there.
  func namingWhatWasCut() -> Profile {
    guard let other = strings.id(of: "other") else { return self }
    func isRest(_ index: Int) -> Bool {
      functions.names[index] == other && strings.byteCount(of: functions.filenames[index]) == 0
    }
    guard functions.names.indices.contains(where: isRest) else { return self }
    var builder = StringTableBuilder(strings)
    let name = builder.intern("other (cut off by the server)")
    let named = functions.names.indices.map { isRest($0) ? name : functions.names[$0] }
    return replacing(
      strings: builder.finish(),
      functions: FunctionTable(
        ids: functions.ids, names: Column(named), systemNames: functions.systemNames,
        filenames: functions.filenames, startLines: functions.startLines))
  }
}
