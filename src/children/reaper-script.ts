// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell's, in a script

/** The name that identifies helpers, also to each other. */
const NAME = 'jest-loop-children';

/**
 * The helper's script for a POSIX shell, which every system but Windows has. The process that started it writes
 *
 * - `?1234` before it starts a child: the current time on the clock of process start times
 * - `+123` once the child has started, `+-123` if it leads a group, `!` if it failed to start
 * - `-123` when the child has ended
 *
 * When that process is gone, however it ended, the pipe closes, and the helper ends the children on its list with all
 * their descendants. A pid alone may belong to another process by then: the list has each with its start time, which
 * only the same process has.
 */
const SCRIPT = [
  'trap "" INT TERM HUP PIPE',
  'set -f',
  'origin=$1',
  // `look 123` sets whether it runs, its parent, group, session and start time.
  'if [ -e /proc/self/stat ]; then',
  '  look() {',
  '    { IFS= read -r stat < "/proc/$1/stat"; } 2>/dev/null || return 1',
  // The name between the parentheses may contain anything.
  '    set -- ${stat##*) }',
  '    parent=$2 group=$3 session=$4 began=${20}',
  '    [ "$1" != Z ]',
  '  }',
  '  numbers() { ls /proc | grep "^[0-9]"; }',
  `  helps() { grep -q ${NAME} "/proc/$1/cmdline" 2>/dev/null; }`,
  'else',
  '  look() {',
  '    set -- $(ps -o ppid= -o state= -o lstart= -p "$1" 2>/dev/null)',
  '    [ $# -gt 2 ] || return 1',
  '    parent=$1 state=$2',
  '    shift 2',
  '    began=$(echo "$*" | tr " :" "__")',
  '    case $state in Z*) return 1 ;; esac',
  '  }',
  '  numbers() { ps -A -o pid=; }',
  `  helps() { ps -o args= -p "$1" 2>/dev/null | grep -q ${NAME}; }`,
  'fi',
  // The pid in `-123:456`, and whether it is still the same process.
  'number() { pid=${1#-}; pid=${pid%%:*}; }',
  'same() { number "$1"; look "$pid" && [ "$began" = "${1#*:}" ]; }',
  'tell() {',
  '  number "$2"',
  '  case $2 in -*) kill -s "$1" -- "-$pid" ;; *) kill -s "$1" "$pid" ;; esac 2>/dev/null',
  '}',
  'remain() {',
  '  left=" "',
  '  for each; do if same "$each"; then left="$left$each "; fi; done',
  '}',

  'list=" " since="" own=""',
  'look "$origin" && own=$group',
  'while IFS= read -r line; do',
  '  case $line in',
  '    [?]*) since=${line#?} ;;',
  '    !) since="" ;;',
  '    +*)',
  '      since=""',
  '      if look "${line#+}" || look "${line#+-}"; then list="$list${line#+}:$began "; fi',
  '      ;;',
  '    -*)',
  '      kept=" "',
  '      for each in $list; do',
  '        number "$each"',
  '        if [ "$pid" != "${line#-}" ]; then kept="$kept$each "; fi',
  '      done',
  '      list=$kept',
  '      ;;',
  '  esac',
  'done',
  '[ "$list$since" != " " ] || exit 0',

  // The pipe may close without the end of the process, and closes before it.
  'while look $$ && [ "$parent" = "$origin" ]; do sleep 0.05 2>/dev/null || sleep 1; done',
  'remain $list',
  // A child started at that very moment: it has this helper's new parent, and the old group or its own.
  'if [ "$since" ] && [ "$own" ]; then',
  '  look $$ && adopter=$parent',
  '  for each in $(numbers); do',
  '    look "$each" && [ "$parent" = "$adopter" ] && [ "$began" -ge "$since" ] || continue',
  '    case $left in *" $each:"* | *" -$each:"*) continue ;; esac',
  '    if helps "$each"; then continue; fi',
  '    if [ "$session" = "$each" ]; then left="$left-$each:$began "',
  '    elif [ "$group" = "$own" ]; then left="$left$each:$began "; fi',
  '  done',
  'fi',
  // All descendants, while their parents still show.
  'known=" "',
  'for each in $left; do number "$each"; known="$known$pid "; done',
  'found=$left',
  'while [ "$found" != " " ]; do',
  '  found=" "',
  '  for each in $(numbers); do',
  '    case $known in *" $each "*) continue ;; esac',
  '    look "$each" || continue',
  '    case $known in *" $parent "*) ;; *) continue ;; esac',
  '    if helps "$each"; then continue; fi',
  '    found="$found$each:$began " known="$known$each "',
  '  done',
  '  left="$left${found# }"',
  'done',
  'for each in $left; do tell TERM "$each"; done',
  'for again in 1 2 3 4 5 6 7 8 9 10; do',
  '  [ "$left" != " " ] || exit 0',
  '  sleep 0.1 2>/dev/null || sleep 1',
  '  remain $left',
  'done',
  'for each in $left; do tell KILL "$each"; done',
].join('\n');

/** The arguments of `/bin/sh`, for the helper of a process. */
export function helperFor(pid: number): readonly string[] {
  return ['-c', SCRIPT, NAME, String(pid)];
}
