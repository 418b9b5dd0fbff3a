import CNcurses
import Glibc

/// Sets the encoding of text for the C library, and so for ncurses, as the user's environment has
/// it.
///
/// Where the environment asks for UTF-8 under a name that this machine does not have, or
/// `forcesUTF8` says so, it is UTF-8 all the same: what matters is what the terminal shows. Only
/// the encoding is set: numbers stay as C has them.
/// - Returns: True when what lies beyond ASCII can be shown.
func setTextLocale(_ name: String?, forcesUTF8: Bool) -> Bool {
  let isKnown = setlocale(LC_CTYPE, name ?? "") != nil
  let wanted =
    name ?? ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environmentValue).first ?? ""
  let asksForUTF8 = ["utf8", "utf-8"].contains { wanted.lowercased().hasSuffix($0) }
  if forcesUTF8 || (!isKnown && asksForUTF8), !isUTF8 {
    if setlocale(LC_CTYPE, "C.UTF-8") == nil { setlocale(LC_CTYPE, "en_US.UTF-8") }
  }
  return isUTF8
}

private var isUTF8: Bool {
  String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8"
}
