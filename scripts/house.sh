#!/bin/sh
# Counts what docs/adr/0028-the-house-turned.md states, for any commit: scripts/house.sh [COMMIT]
set -eu

commit=${1:-HEAD}
main_java() { git ls-tree -r --name-only "$commit" | grep '/src/main/java/.*\.java$'; }
lengths() { main_java | while IFS= read -r file; do git show "$commit:$file" | wc -l; done | sort -n; }

echo "modules: $(git show "$commit:pom.xml" | grep -c '^    <module>')"
echo "files of main Java: $(main_java | wc -l)"
echo "largest folders:"
main_java | sed 's|/[^/]*$||; s|src/main/java/io/lexiscope/||' | sort | uniq -c | sort -rn | head -n 3
echo "lines of a file, median and longest: $(lengths | awk '{line[NR] = $1} END {print line[int((NR + 1) / 2)], line[NR]}')"
echo "lines outside of base that move files, make hashes or random generators: $(main_java | grep -v "^base/" | while IFS= read -r file; do git show "$commit:$file"; done | grep -cE "Files\.move\(|MessageDigest\.getInstance|new (Random|SplittableRandom)\(|RandomGenerator\.of\(")"
echo "records of workbench that show a record of a lower module once more (…View): $(main_java | grep -c '^workbench/.*View\.java$')"
