# Ends with 1 when a module's jar is missing, or when a source or a pom has changed since its last
# build; then it also leaves the time before the next build in torii.built.new, so that a file changed
# during that build is seen next time.
param([string] $Root, [string] $Module)

$target = Join-Path $Root "$Module\target"
$stamp = Join-Path $target 'torii.built'
if ((Test-Path $stamp) -and (Test-Path (Join-Path $target "$Module.jar"))) {
    $built = (Get-Item $stamp).LastWriteTimeUtc
    $poms = Get-Item (Join-Path $Root 'pom.xml'), (Join-Path $Root 'shared-model\pom.xml'), (Join-Path $Root "$Module\pom.xml")
    $sources = Get-ChildItem -Recurse (Join-Path $Root 'shared-model\src\main'), (Join-Path $Root "$Module\src\main")
    if (-not (@($poms) + @($sources) | Where-Object { $_.LastWriteTimeUtc -gt $built })) {
        exit 0
    }
}
New-Item -ItemType Directory -Force $target | Out-Null
New-Item -ItemType File -Force (Join-Path $target 'torii.built.new') | Out-Null
exit 1
