# Prints the path of a Maven that can build Torii: the mvn of the PATH when it is new enough, else a
# copy of Apache Maven that is fetched once, checked and kept in .m2\wrapper.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$oldest = [version] '3.8.7'
$version = '3.9.16'
$url = "https://archive.apache.org/dist/maven/maven-3/$version/binaries/apache-maven-$version-bin.zip"
$sha512 = 'ed41650d42485cfc243fad22158caf9cbb5dc408ce7a09ddb94dd42a019de929ca43065bfa450612cf12bf78b5cafa3884b96c090de326ff590448c933454af3'

function Stop-Fetch([string] $why) {
    [Console]::Error.WriteLine("mvnw: $why")
    exit 1
}

$found = Get-Command mvn.cmd -ErrorAction SilentlyContinue | Select-Object -First 1
if ($found) {
    $said = (& $found.Source --version 2>$null) -join ' '
    if ($said -match 'Apache Maven (\d+\.\d+\.\d+)') {
        $present = [version] $Matches[1]
        if ($present.Major -eq 3 -and $present -ge $oldest) {
            Write-Output $found.Source
            exit 0
        }
    }
}

$dists = Join-Path $env:USERPROFILE '.m2\wrapper\dists'
$maven = Join-Path $dists "apache-maven-$version\bin\mvn.cmd"
if (Test-Path $maven) {
    Write-Output $maven
    exit 0
}

[Console]::Error.WriteLine("Fetching Apache Maven $version...")
$draft = Join-Path $dists ('draft.' + [guid]::NewGuid())
New-Item -ItemType Directory -Force $draft | Out-Null
try {
    $zip = Join-Path $draft 'maven.zip'
    try {
        [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
        Invoke-WebRequest -UseBasicParsing -Uri $url -OutFile $zip
    } catch {
        Stop-Fetch "could not fetch $url; install Maven $oldest or later, or try again with a network."
    }
    $actual = (Get-FileHash -Algorithm SHA512 $zip).Hash.ToLowerInvariant()
    if ($actual -ne $sha512) {
        Stop-Fetch "$url has the SHA-512 $actual and not the expected $sha512, so it is not used."
    }
    Expand-Archive $zip $draft
    Move-Item (Join-Path $draft "apache-maven-$version") $dists
} finally {
    Remove-Item -Recurse -Force $draft
}
Write-Output $maven
