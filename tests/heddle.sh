# Which heddle a script tries: $heddle, from HEDDLE or the one that is built here. To be
# sourced by scripts in the folders beside this file.
heddle=${HEDDLE:-$(cd "$(dirname "$0")/../.." && pwd)/build/bin/heddle}
case $heddle in /*) ;; *) heddle=$PWD/$heddle ;; esac
[ -x "$heddle" ] || { echo "${0##*/}: there is no program at $heddle (set HEDDLE)" >&2; exit 2; }
