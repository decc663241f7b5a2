#!/bin/sh
# gather.sh PACKAGE FOLDER: copies what a service needs to run into FOLDER: its own sources, those of the packages of
# the workspace that it uses, and their dependencies. Not tests, and not what is for other systems than this one.
set -eu
package=$1 to=$2

pnpm install --prod --offline --frozen-lockfile --filter-prod "$package..."

mkdir -p "$to"
cp -a node_modules package.json tsconfig.json "$to/"
pnpm list --recursive --depth -1 --parseable --filter-prod "$package..." | while read -r folder; do
  folder=${folder#"$PWD/"}
  for part in package.json src web models node_modules; do
    [ -e "$folder/$part" ] || continue
    mkdir -p "$to/$folder"
    cp -a "$folder/$part" "$to/$folder/"
  done
  find "$to/$folder" -name node_modules -prune -o -name '*.test.ts' -exec rm {} +
done

# The console's pages are built here, so that no image holds the compilers that make them.
if [ -d "$to/services/console/web" ]; then
  (cd "$to" && node --input-type=module --eval "await (await import('./services/console/src/web-build/ensure-web.ts')).ensureWeb()")
  chmod -R a+rX "$to/services/console/.framegate"
  cd "$to/node_modules/.pnpm"
  # Of video-source it takes what reads an address, so FFmpeg is never loaded.
  rm -rf node-av@* @seydx+node-av* werift@* mediabunny@*
  rm -rf vite@* rolldown@* @rolldown+* @oxc-* lightningcss* svelte@* @sveltejs+*
fi

# What a debugger or a compiler would read, and native code for other systems: two thirds of ONNX Runtime's package.
cd "$to/node_modules"
find . -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.cts' -o -name '*.d.mts' \) -delete
arch=$(node -p process.arch)
find . -type d -path '*/onnxruntime-node/bin/napi-v*' -prune -print | while read -r native; do
  find "$native" -mindepth 2 -maxdepth 2 -type d ! -path "*/linux/$arch" -exec rm -rf {} +
done
