# Ends with 1 when one of the modules lacks its jar, or when a source or a pom has changed since its
# last build; then it also leaves the time before the next build in torii.built.new, so that a file
# changed during that build is seen next time. Deletes a cache of classes that was not made of these
# jars in this place; the JVM looks at the jars only from 25.0.4 on (JDK-8377932).
param([string] $Root, [string] $Modules)

function Test-Fresh([string] $module) {
    $target = Join-Path $Root "$module\target"
    $stamp = Join-Path $target 'torii.built'
    if (-not (Test-Path $stamp) -or -not (Test-Path (Join-Path $target "$module.jar"))) { return $false }
    $built = (Get-Item $stamp).LastWriteTimeUtc
    $inputs = foreach ($part in 'shared-model', $module) {
        Get-Item (Join-Path $Root "$part\pom.xml")
        Get-ChildItem -Recurse (Join-Path $Root "$part\src\main")
    }
    $inputs += Get-Item (Join-Path $Root 'pom.xml')
    return -not ($inputs | Where-Object { $_.LastWriteTimeUtc -gt $built })
}

$engine = Join-Path $Root 'gateway-engine\target'
$cache = Join-Path $engine 'gateway-engine.aot'
if (Test-Path $cache) {
    $made = (Get-Item $cache).LastWriteTimeUtc
    $lib = Join-Path $engine 'lib'
    $jars = @(Get-Item (Join-Path $engine 'gateway-engine.jar'), $lib) + @(Get-ChildItem $lib)
    if ((Get-Content "$cache.place" -ErrorAction SilentlyContinue) -ne $engine -or ($jars | Where-Object { $_.LastWriteTimeUtc -gt $made })) {
        Remove-Item $cache -ErrorAction SilentlyContinue
    }
}

$names = $Modules -split '[,\s]+'
if (-not ($names | Where-Object { -not (Test-Fresh $_) })) {
    exit 0
}
foreach ($name in $names) {
    $target = Join-Path $Root "$name\target"
    New-Item -ItemType Directory -Force $target | Out-Null
    New-Item -ItemType File -Force (Join-Path $target 'torii.built.new') | Out-Null
}
exit 1
