#!/usr/bin/env bash
# Checks what the project is built with, and installs what its tests run on.
#   scripts/setup.sh build   Go, Node, npm and git, which nobody installs for you
#   scripts/setup.sh test    the same, and PostgreSQL, Chromium and Chinese fonts
# As root the Debian packages are installed; otherwise the command is printed.
set -euo pipefail

go_wanted=$(awk '$1 == "go" { print $2 }' "$(dirname "${BASH_SOURCE[0]}")/../go.mod")
node_wanted=20.19.0

fail() {
	printf 'setup: %s\n' "$*" >&2
	exit 1
}

# at_least VERSION WANTED: whether the first is not older than the second.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

check_builders() {
	local program version
	for program in go node npm git; do
		command -v "$program" >/dev/null || fail "$program is missing: install Go $go_wanted, Node.js $node_wanted, npm and git first"
	done
	version=$(go env GOVERSION)
	at_least "${version#go}" "$go_wanted" || fail "Go ${version#go} is too old: want $go_wanted or newer"
	version=$(node --version)
	at_least "${version#v}" "$node_wanted" || fail "Node.js ${version#v} is too old: want $node_wanted or newer"
}

has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }
has_chromium() { command -v chromium >/dev/null; }
has_fonts() { compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK*' >/dev/null; }

missing_packages() {
	has_postgres || echo postgresql
	has_chromium || echo chromium
	has_fonts || echo fonts-noto-cjk
}

install_packages() {
	local packages=("$@") install
	install="apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
	command -v apt-get >/dev/null || fail "the tests need ${packages[*]} (names of Debian packages); install them and try again"
	[ "$(id -u)" -eq 0 ] || fail "the tests need ${packages[*]}; run as root:
	$install"
	printf 'setup: %s\n' "$install" >&2
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -q >&2
	apt-get install -y -q --no-install-recommends "${packages[@]}" >&2
	mapfile -t packages < <(missing_packages)
	[ "${#packages[@]}" -eq 0 ] || fail "still missing after the installation: ${packages[*]}"
}

main() {
	local packages
	check_builders
	case "${1:-}" in
	build) ;;
	test)
		mapfile -t packages < <(missing_packages)
		[ "${#packages[@]}" -eq 0 ] || install_packages "${packages[@]}"
		;;
	*) fail "say build or test" ;;
	esac
}

main "$@"
