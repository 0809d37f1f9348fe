#!/usr/bin/env bash
# Measures what it costs to bring in 10,000 services, each with a route and a plugin, from a file: the
# whole command, from the start of its process to its end.
#
#   packaging/bench/import.sh [COUNT]
#
# The data folder is a new one in the temporary folder. TORII names another torii than that of this clone.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
torii=${TORII:-./torii}
count=${1:-10000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

{
    printf '_format_version: "3.0"\nservices:\n'
    for ((i = 0; i < count; i++)); do
        printf -- '- name: s%d\n  url: http://127.0.0.1:9/\n  routes:\n  - name: r%d\n    paths: [/s%d]\n' $i $i $i
        printf '    plugins:\n    - name: ai-prompt-decorator\n      instance_name: p%d\n' $i
        printf '      config: {prompts: {append: [{role: user, content: be brief}]}}\n'
    done
} >"$folder/kong.yaml"
mkdir "$folder/data"
"$torii" version
time "$torii" config import "$folder/kong.yaml" --yes --data-dir "$folder/data" | tail -n 1
