// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell's, in a script

/** By which helpers are known, also to each other. */
const NAME = 'jest-loop-children';

/**
 * What the helper runs: a POSIX shell, which any system has that is no Windows. The process that started it writes
 *
 * - `?1234` before it starts a child, with the time: what the system says of processes that begin now, or later
 * - `+123` when it has, `+-123` where the child leads a group, `!` where nothing was started
 * - `-123` when the child has ended
 *
 * When that process is gone, however it ended, so is the other end of the pipe, and what is left of the list is ended
 * with all that descends from it. A number alone may mean another process by then: each is remembered with the time at
 * which it began, which only the same process has.
 */
const SCRIPT = [
  'trap "" INT TERM HUP PIPE',
  'set -f',
  'origin=$1',
  // `look 123` says whether it runs, who its parent is, its group and session, and when it began.
  'if [ -e /proc/self/stat ]; then',
  '  look() {',
  '    { IFS= read -r stat < "/proc/$1/stat"; } 2>/dev/null || return 1',
  // What is between the parentheses is its name, and may be anything.
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
  // Of `-123:456` the number and whether it is still the process that it was.
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

  // It may have closed its end only, and a process that ends closes it first.
  'while look $$ && [ "$parent" = "$origin" ]; do sleep 0.05 2>/dev/null || sleep 1; done',
  'remain $list',
  // One that was started at that very moment: it has the new parent that this has, and the old group or one of its own.
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
  // The descendants of all, while it is known whose they are.
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
