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

  /// The words after `report`; those that take a pattern end in `=`.
  private static var reports: String {
    Reports.all.map { $0.takesPattern ? "\($0.name)=" : $0.name }.joined(separator: " ")
  }

  private static var bashScript: String {
    let flags = CommandFlags.listed.map { "-\($0.name)\($0.isSwitch ? "" : "=")" }
    return """
      _proftui() {
        local current="${COMP_WORDS[COMP_CWORD]}"
        COMPREPLY=()
        if [[ $current == -* ]]; then
          COMPREPLY=($(compgen -W '\(flags.joined(separator: " "))' -- "${current/#--/-}"))
        elif [[ $COMP_CWORD -eq 2 && ${COMP_WORDS[1]} == report ]]; then
          COMPREPLY=($(compgen -W '\(reports)' -- "$current"))
        elif [[ $COMP_CWORD -eq 2 && ${COMP_WORDS[1]} == completions ]]; then
          COMPREPLY=($(compgen -W '\(allCases.map(\.rawValue).joined(separator: " "))' -- "$current"))
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
    let flags = CommandFlags.listed.map { flag in
      let summary = flag.summary.filter { !"[]':".contains($0) }
      guard let placeholder = flag.placeholder else { return "  '-\(flag.name)[\(summary)]'" }
      return "  '-\(flag.name)=[\(summary)]:\(placeholder):_files'"
    }
    return """
      #compdef proftui
      _proftui_words() {
        if (( CURRENT == 2 )); then compadd \(subcommands); fi
        if (( CURRENT == 3 )) && [[ $words[2] == report ]]; then compadd -- \(reports); fi
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
    lines.append("complete -c proftui -n '__fish_seen_subcommand_from report' -a '\(reports)'")
    lines += CommandFlags.listed.map { flag in
      "complete -c proftui -o \(flag.name)\(flag.isSwitch ? "" : " -r") -d '\(quoted(flag.summary))'"
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func quoted(_ text: String) -> String {
    text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "\\'")
  }
}
