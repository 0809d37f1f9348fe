# Prints the home of the first JDK of this version or later; ends with 1, and a sentence, without one.
param([string] $For = 'torii')

$needed = 25

function Test-Jdk([string] $jdk) {
    if (-not $jdk) { return $false }
    if (-not (Test-Path (Join-Path $jdk 'bin\javac.exe'))) { return $false }
    $release = Join-Path $jdk 'release'
    if (-not (Test-Path $release)) { return $false }
    $version = Select-String -Path $release -Pattern '^JAVA_VERSION="(\d+)' | Select-Object -First 1
    return $version -and ([int] $version.Matches[0].Groups[1].Value -ge $needed)
}

# What the user chose comes first, then what the PATH has, then the places where installers put JDKs.
$candidates = @($env:JAVA_HOME)
$candidates += Get-ChildItem Env: |
    Where-Object { $_.Name -match '^(JDK_*\d\w*|JAVA_*\d+_HOME|JAVA_HOME_\w+|JDK_HOME)$' } |
    ForEach-Object { $_.Value }
$candidates += Get-Command javac.exe -All -ErrorAction SilentlyContinue |
    ForEach-Object { Split-Path (Split-Path $_.Source) }
$vendors = 'Eclipse Adoptium', 'Java', 'Microsoft', 'Zulu', 'Amazon Corretto', 'BellSoft', 'Semeru'
foreach ($programs in $env:ProgramFiles, (Join-Path $env:LOCALAPPDATA 'Programs')) {
    foreach ($vendor in $vendors) {
        $candidates += Get-ChildItem (Join-Path $programs $vendor) -Directory -ErrorAction SilentlyContinue |
            ForEach-Object { $_.FullName }
    }
}
foreach ($folder in '.jdks', 'scoop\apps', '.sdkman\candidates\java') {
    $candidates += Get-ChildItem (Join-Path $env:USERPROFILE $folder) -Directory -ErrorAction SilentlyContinue |
        ForEach-Object { $_.FullName; Join-Path $_.FullName 'current' }
}

foreach ($candidate in $candidates) {
    if (Test-Jdk $candidate) {
        Write-Output $candidate
        exit 0
    }
}
[Console]::Error.WriteLine("${For}: Torii needs a JDK $needed or later and found none on this machine; " +
    'install one (for example Eclipse Temurin from https://adoptium.net) and set JAVA_HOME to its folder.')
exit 1
