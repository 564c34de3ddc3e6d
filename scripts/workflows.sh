#!/usr/bin/env bash
# The workflows, ours and those that books copy, are ones that GitHub reads; `action-validator` knows their schema.
# Nothing in those for books may hand a stranger's change a secret or a right to write.
set -euo pipefail
cd "$(dirname "$0")/.."

VERSION=0.6.0
# It takes one file.
npm exec --yes --package="@action-validator/cli@$VERSION" --package="@action-validator/core@$VERSION" -c '
  for file in .github/workflows/*.yml .github/book-workflow*.yml; do
    echo "$file"
    action-validator "$file" || exit 1
  done'

for file in .github/book-workflow*.yml; do
  # Comments may name what must not be there.
  code=$(sed 's/#.*//' "$file")
  ! grep -nE 'pull_request_target|secrets[.[]|: *(write|write-all)$|GITHUB_TOKEN' <<<"$code" || {
    echo "$file: a stranger's change could use that" >&2
    exit 1
  }
  grep -q '^  contents: read$' <<<"$code" && grep -q 'check --untrusted --require-sandbox' <<<"$code" || {
    echo "$file: it lacks what keeps a stranger's change in" >&2
    exit 1
  }
done
