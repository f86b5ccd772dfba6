/** The shells that docket completes words in. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

// Each script hands the words over as they are typed and takes lines of `NAME MEANING` back. None
// of them evaluates a word or an answer: meanings are titles, which strangers write, and a shell
// would run what is in `$(...)`. `command` passes over aliases and functions of the same name.

/** The scripts that people load into their shells. */
export const scripts: Readonly<Record<Shell, string>> = {
  bash: `# Completes docket's words in bash.
_docket() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    [[ -z $line ]] || COMPREPLY+=("\${line%% *}")
  done < <(command docket __complete bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _docket docket`,
  zsh: `#compdef docket
# Completes docket's words in zsh.
_docket() {
  local line
  local -a names shown
  while IFS= read -r line; do
    [[ -n $line ]] || continue
    names+=("\${line%% *}")
    shown+=("\${line/ /  }")
  done < <(command docket __complete zsh -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( $#names )) && compadd -l -d shown -a names
}
if [[ "\${funcstack[1]}" == _docket ]]; then
  _docket "$@"
else
  compdef _docket docket
fi`,
  fish: `# Completes docket's words in fish.
function __docket_complete
    set -l words (commandline -opc)
    set -l last (commandline -ct)
    command docket __complete fish -- $words[2..-1] "$last" 2>/dev/null | string replace ' ' \\t
end
complete -c docket -f -a '(__docket_complete)'`,
};
