import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

/// What can be set, and the lines by which it is.
struct SettingsTests {
  @Test(arguments: Setting.all.map(\.name))
  func `a variable takes each of its values and tells it back`(name: String) throws {
    let setting = try #require(Setting.named(name))
    let values: [String] =
      switch setting.values {
      case .flag: ["on", "off"]
      case .words(let words): words
      case .text: ["a b=c", ""]
      }
    for value in values {
      var settings = Settings()
      let isTaken = setting.set(&settings, to: value)
      #expect(isTaken)
      #expect(setting.value(in: settings) == value)
      var again = Settings()
      #expect(again.apply(configuration: settings.configuration()).isEmpty)
      #expect(again == settings)
    }
    if case .text = setting.values { return }
    var settings = Settings()
    let isTaken = setting.set(&settings, to: "zzz")
    #expect(!isTaken)
    #expect(settings == Settings())
  }

  @Test func `lines are read as they are meant to be`() throws {
    let lines: [(String, ConfigurationLine?)] = [
      ("", nil), ("  # set x=y", nil),
      ("set theme=light", .set(name: "theme", value: "light")),
      ("set theme = light ", .set(name: "theme", value: "light")),
      ("set theme light", .set(name: "theme", value: "light")),
      ("set mouse", .set(name: "mouse", value: nil)),
      ("set project=", .set(name: "project", value: "")),
      ("set project=\"a b\"", .set(name: "project", value: "a b")),
      ("set project=^a=b$", .set(name: "project", value: "^a=b$")),
      ("bind J page-down", .bind(UserBinding(key: .character("J"), line: "page-down"))),
      (
        "bind top C-x focus json",
        .bind(UserBinding(view: "top", key: .control("x"), line: "focus json"))
      ),
      ("color column-head bold red", .color(.columnHead, "bold red")),
      ("focus  a  b ", .command(word: "focus", argument: "a  b")),
    ]
    for (text, line) in lines { #expect(try ConfigurationLine.parse(text) == line, "\(text)") }
  }

  @Test func `a bad line is told with its number and left out`() {
    var settings = Settings()
    let problems = settings.apply(
      configuration: """
        # mine
        set theme=light
        set theme=pink
        set nothing=1
        bind Nokey page-down
        bind J no-such-command
        bind J
        color nobody red
        focus json
        set sort
        set mouse=on
        """)
    #expect(problems.map(\.line) == [3, 4, 5, 6, 7, 8, 9, 10])
    #expect(problems[0].error.description == "theme takes default, light, classic, mono, not pink")
    #expect(settings.theme == .light)
    #expect(settings.mouse)
  }

  @Test func `only what was changed is written where that is wanted`() {
    var settings = Settings()
    #expect(settings.configuration(onlyChanged: true).isEmpty)
    settings.mouse = true
    settings.bindings = [UserBinding(view: "top", key: .control("x"), line: "focus json")]
    settings.colors[.hot] = "red"
    #expect(
      settings.configuration(onlyChanged: true)
        == "set mouse=on\nbind top C-x focus json\ncolor hot red\n")
  }

  @Test func `roles have names in small letters`() {
    let names = Role.allCases.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.contains("column-head-sorted"))
    #expect(names.allSatisfy { $0 == $0.lowercased() })
  }
}

/// The `:` prompt, the menu of options, and keys with other meanings.
struct CommandLineTests {
  private let profile = Profile.stacks([
    "main;parse;read": 50, "main;parse": 20, "main;json.Decode;read": 25, "main;Write": 5,
  ])

  @Test(arguments: [
    ("set_sort=name", 2, "FUNCTION▴"), ("set_granularity=files", 2, "FILE"),
    ("view_flame", 1, "[3 Flame]"), ("view_3", 1, "[3 Flame]"), ("focus_json", 0, "focus=json"),
    ("focus=json", 0, "focus=json"), ("show-from_parse", 0, "show_from=parse"),
    ("ignore_read", 0, "ignore=read"), ("by_lines", 2, "LINE"), ("fold-recursion", 0, "fold"),
    ("project", 0, "project"), ("options", 0, "options"),
  ])
  func `a line does what its words say`(line: String, row: Int, text: String) throws {
    let typed = try typing(": \"\(line)\" Enter", in: profile)
    if line == "options" {
      #expect(typed.rows.contains { $0.contains(" options ") })
    } else {
      #expect(typed.rows[row].contains(text), "\(typed.rows[row])")
    }
  }

  @Test(arguments: [
    ("set_theme", "theme=default (default, light, classic, mono)"),
    ("set_theme=pink", "theme takes default, light, classic, mono, not pink"),
    ("set_color=never", "color is set at the start: in the configuration, or by a flag"),
    ("set_project=(", "parsing project regexp: error parsing regexp: missing closing ): `(`"),
    ("view_nine", "no view is called nine"),
    ("show", "show REGEX: take out all frames but the matching ones"),
    ("load_x", "nothing is saved as x"), ("save_x", "no refinement to save"),
    ("tree_top", "tree takes nothing after it"),
    ("nope_x", "nope: no such command; Tab at the prompt lists them"),
    ("bind_J", "it is written bind [VIEW] KEY COMMAND"),
  ])
  func `what cannot be done is told`(line: String, text: String) throws {
    #expect(try typing(": \"\(line)\" Enter", at: 120, 24, in: profile).message == text)
  }

  @Test(arguments: [
    ("fl", "flame"), ("set_the", "set theme="), ("set_theme=l", "set theme=light"),
    ("by_pa", "by packages"), ("vi", "view "), ("view_la", "view labels"),
  ])
  func `Tab completes words and values`(text: String, line: String) throws {
    let typed = try typing(": \"\(text)\" Tab", in: profile)
    #expect(typed.message.hasPrefix(":\(line)".trimmingSuffix))
    #expect(typed.inspector.cursor?.column == line.count + 1)
  }

  @Test func `Tab lists what there is where words differ`() throws {
    #expect(
      try typing(": \"set_sort=\" Tab", in: profile).message.hasSuffix(
        "sort=cum sort=flat sort=name"))
    #expect(try typing(": \"zz\" Tab", in: profile).message.hasSuffix("nothing begins so"))
  }

  @Test func `the pane of details is an option too`() throws {
    let typed = try typing(": \"set_detail=on\" Enter", in: profile)
    #expect(typed.rows.contains { $0.hasPrefix("  callers") })
    #expect(typed.inspector.currentSettings.detail == .on)
  }

  @Test func `lines typed before come back with the arrows`() throws {
    let keys = ": \"view_tree\" Enter : \"view_top\" Enter : Up Up"
    #expect(try typing(keys, in: profile).message == ":view tree")
    #expect(try typing("\(keys) Down", in: profile).message == ":view top")
  }

  @Test func `options are shown with their values and changed by Enter`() throws {
    let menu = try typing("O", at: 100, 30, in: profile)
    #expect(menu.rows.contains { $0.contains("sort") && $0.contains("flat") })
    let sorted = try typing("O j j Enter Esc", in: profile)
    #expect(sorted.rows[2].contains("CUM▾"))
    let stays = try typing("O j j Enter Enter", at: 100, 30, in: profile)
    #expect(stays.rows.contains { $0.contains(" options ") })
    let mouse = try typing("O G k Enter", in: profile)
    #expect(
      mouse.effects.contains { if case .configure(let new) = $0 { new.mouse } else { false } })
    let text = try typing("O j j j j j Enter", in: profile)
    #expect(text.message == ":set project=")
  }

  @Test func `refinements are saved, loaded and forgotten by name`() throws {
    let save = "F \"read\" Enter H : \"save_mine\" Enter"
    #expect(try typing(save, in: profile).message == "saved focus=read hide=read as mine")
    let loaded = try typing("\(save) U : \"load_mine\" Enter", in: profile)
    #expect(loaded.rows[0].contains("focus=read hide="))
    #expect(loaded.message == "mine: 75.0% of total, 3 fn")
    #expect(loaded.inspector.savedSets.map(\.text) == ["focus=read\nhide=^read$\n"])
    let set = RefinementSet(name: "mine", text: loaded.inspector.savedSets[0].text)
    #expect(set == loaded.inspector.savedSets[0])
    let menu = try typing("\(save) U O G Enter", in: profile)
    #expect(menu.rows[0].contains("focus=read hide="))
    let gone = try typing("\(save) : \"forget_mine\" Enter : \"load_mine\" Enter", in: profile)
    #expect(gone.message == "nothing is saved as mine")
    #expect(try typing("f : \"save_a/b\" Enter", in: profile).message.hasPrefix("a name has"))
  }

  @Test func `a key can be given another meaning, in one view or in all`() throws {
    let all = try typing(": \"bind_J_view_tree\" Enter J", in: profile)
    #expect(all.rows[1].contains("[2 Tree]"))
    let one = try typing(": \"bind_tree_f_view_top\" Enter 2 f", in: profile)
    #expect(one.rows[1].contains("[1 Top]"))
    #expect(
      try typing(": \"bind_tree_f_view_top\" Enter f", in: profile).rows[0].contains("focus="))
    let none = try typing(": \"bind_f_none\" Enter f", in: profile)
    #expect(none.message.hasPrefix("f has no meaning here"))
    let footer = try typing(": \"bind_K_focus\" Enter", at: 200, 24, in: profile).inspector.footer
    #expect(footer.first { $0.command == .focus }?.keys == [.character("f"), .character("K")])
    let help = try typing(": \"bind_J_view_tree\" Enter ? G", in: profile)
    #expect(help.rows.contains { $0.contains("set by you: view tree") })
  }
}

extension String {
  /// The text without blanks at its end.
  fileprivate var trimmingSuffix: String {
    String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
  }
}
