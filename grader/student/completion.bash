# Completes what is typed after ./course: commands, labs, tasks, programs. In ~/.bashrc:
#
#     source PATH/TO/THE/COURSE/grader/student/completion.bash

_course() {
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "$("$1" complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "$2"))
}
complete -o default -F _course ./course course
