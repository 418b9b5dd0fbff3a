import Reports

/// A shell that completions can be written for, from the lists of flags, reports and subcommands.
enum CompletionShell: String, CaseIterable {
  case bash, zsh, fish

  /// The script that the shell reads.
  var script: String {
    switch self {
    case .bash: Self.bashScript
    case .zsh: Self.zshScript
    case .fish: Self.fishScript
    }
  }

  private static var subcommands: String { Subcommands.all.map(\.name).joined(separator: " ") }

  /// A line for each subcommand that knows what may follow it.
  private static func followed(_ line: (String, String) -> String) -> String {
    Subcommands.all.filter { !$0.firstWords.isEmpty }
      .map { line($0.name, $0.firstWords.joined(separator: " ")) }.joined(separator: "\n")
  }

  /// The flags to complete: those of the program and those that only subcommands have.
  private static let flags: [CommandFlag] = {
    var names: Set<String> = []
    return (CommandFlags.listed + Subcommands.flagGroups.flatMap(\.flags)).filter {
      names.insert($0.name).inserted
    }
  }()

  private static var bashScript: String {
    let flags = Self.flags.map { "-\($0.name)\($0.isSwitch ? "" : "=")" }
    let words = followed { name, words in
      """
        elif [[ $COMP_CWORD -eq 2 && ${COMP_WORDS[1]} == \(name) ]]; then
            COMPREPLY=($(compgen -W '\(words)' -- "$current"))
      """
    }
    return """
      _proftui() {
        local current="${COMP_WORDS[COMP_CWORD]}"
        COMPREPLY=()
        if [[ $current == -* ]]; then
          COMPREPLY=($(compgen -W '\(flags.joined(separator: " "))' -- "${current/#--/-}"))
      \(words)
        else
          COMPREPLY=($(compgen -f -- "$current"))
          if [[ $COMP_CWORD -eq 1 ]]; then
            COMPREPLY+=($(compgen -W '\(subcommands)' -- "$current"))
          fi
        fi
        [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
      }
      complete -o filenames -F _proftui proftui

      """
  }

  private static var zshScript: String {
    let words = followed { name, words in
      "  if (( CURRENT == 3 )) && [[ $words[2] == \(name) ]]; then compadd -- \(words); fi"
    }
    let flags = Self.flags.map { flag in
      let summary = flag.summary.filter { !"[]':".contains($0) }
      guard let placeholder = flag.placeholder else { return "  '-\(flag.name)[\(summary)]'" }
      return "  '-\(flag.name)=[\(summary)]:\(placeholder):_files'"
    }
    return """
      #compdef proftui
      _proftui_words() {
        if (( CURRENT == 2 )); then compadd \(subcommands); fi
      \(words)
        _files
      }
      _arguments \\
      \(flags.joined(separator: " \\\n")) \\
        '*: :_proftui_words'

      """
  }

  private static var fishScript: String {
    var lines = Subcommands.all.map { subcommand in
      "complete -c proftui -n __fish_is_first_arg -a \(subcommand.name)"
        + " -d '\(quoted(subcommand.summary))'"
    }
    lines.append(
      followed { name, words in
        "complete -c proftui -n '__fish_seen_subcommand_from \(name)' -a '\(words)'"
      })
    lines += flags.map { flag in
      "complete -c proftui -o \(flag.name)\(flag.isSwitch ? "" : " -r") -d '\(quoted(flag.summary))'"
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func quoted(_ text: String) -> String {
    text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "\\'")
  }
}
