/// Something a user can ask for: by a key, and by name at the `:` prompt.
///
/// Open on purpose: a pane adds the commands of its own as constants in its file.
package struct Command: Hashable, Sendable {
  /// The name in kebab-case, as the command line and the configuration spell it.
  package let name: String
  /// What it does, in a few words for help and man page.
  package let summary: String

  package init(_ name: String, _ summary: String) {
    self.name = name
    self.summary = summary
  }

  package static func == (left: Command, right: Command) -> Bool { left.name == right.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

// Moving, in every list.
extension Command {
  package static let moveDown = Command("move-down", "next row")
  package static let moveUp = Command("move-up", "previous row")
  package static let pageDown = Command("page-down", "a page down")
  package static let pageUp = Command("page-up", "a page up")
  package static let halfPageDown = Command("half-page-down", "half a page down")
  package static let halfPageUp = Command("half-page-up", "half a page up")
  package static let moveToFirst = Command("first", "first row")
  package static let moveToLast = Command("last", "last row")
  package static let centre = Command("centre", "selected row to the middle of the screen")
}

// The screen as a whole.
extension Command {
  package static let nextPane = Command("next-pane", "next pane")
  package static let previousPane = Command("previous-pane", "previous pane")
  package static let toggleDetail = Command("detail", "detail pane on or off")
  package static let maximise = Command("maximise", "this pane alone, or all again")
  package static let goBack = Command("back", "where you were before")
  package static let goForward = Command("forward", "forward again")
  package static let help = Command("help", "keys and columns of this view")
  package static let redraw = Command("redraw", "paint the screen anew")
  package static let suspend = Command("suspend", "back to the shell; fg returns")
  package static let cancel = Command("cancel", "close, stop, clear the search; never quits")
  package static let close = Command("quit", "close the popup, else quit")
  package static let quit = Command("quit-now", "quit at once")
  package static let commandLine = Command("command-line", "type a command by name")
  package static let options = Command("options", "what can be set, with its value; Enter changes")
  package static let messages = Command("messages", "all messages so far")
}

// Searching.
extension Command {
  package static let search = Command("search", "search as you type; a capital makes case matter")
  package static let nextMatch = Command("next-match", "next match")
  package static let previousMatch = Command("previous-match", "previous match")
  package static let searchSymbol = Command("search-symbol", "search the selected symbol")
  package static let filterRows = Command("filter-rows", "show only rows that match")
}

// Narrowing down what all views show.
extension Command {
  package static let focus = Command(
    "focus", "keep what goes through the selection; at the prompt focus REGEX")
  package static let ignore = Command(
    "ignore", "drop what goes through the selection; at the prompt ignore REGEX")
  package static let hide = Command(
    "hide", "take the frame out, its cost falls to the caller; hide REGEX")
  package static let focusPattern = Command("focus-pattern", "focus on an expression you type")
  package static let ignorePattern = Command("ignore-pattern", "drop by an expression you type")
  package static let foldRecursion = Command(
    "fold-recursion", "calls of a symbol to itself as one frame, or each on its own")
  package static let projectOnly = Command(
    "project", "project code only, or all; set project=REGEX tells which it is")
  package static let undo = Command("undo", "undo the last refinement")
  package static let clear = Command("clear", "undo all refinements")
}

// What is measured and how it is shown.
extension Command {
  package static let nextSampleType = Command("next-type", "next sample type")
  package static let previousSampleType = Command("previous-type", "previous sample type")
  package static let sortMenu = Command(
    "sort", "the order; at the prompt sort flat, cumulative or name")
  package static let reverseOrder = Command("reverse", "reverse the order")
  package static let nextGranularity = Command(
    "granularity", "by function, file, package, line, address")
  package static let toggleMean = Command("mean", "mean per object")
  package static let toggleShares = Command(
    "shares", "percentages of the total, or of what the filters leave")
  package static let copyName = Command("copy-name", "copy the name to the clipboard")
  package static let edit = Command("edit", "the source line in $EDITOR")
  package static let reload = Command("reload", "read the file again")
}
