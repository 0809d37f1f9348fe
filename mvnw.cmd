@echo off
rem Runs Maven on a JDK that can build Torii; see mvnw for what it does.
setlocal
set "root=%~dp0"

set "JAVA_FOUND="
for /f "usebackq delims=" %%J in (`powershell -NoProfile -ExecutionPolicy Bypass -File "%root%packaging\launch\find-jdk.ps1" -For mvnw`) do set "JAVA_FOUND=%%J"
if not defined JAVA_FOUND exit /b 1
set "JAVA_HOME=%JAVA_FOUND%"
set "MAVEN_OPTS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %MAVEN_OPTS%"

set "MAVEN_FOUND="
for /f "usebackq delims=" %%M in (`powershell -NoProfile -ExecutionPolicy Bypass -File "%root%packaging\launch\fetch-maven.ps1"`) do set "MAVEN_FOUND=%%M"
if not defined MAVEN_FOUND exit /b 1

call "%MAVEN_FOUND%" %*
exit /b %ERRORLEVEL%
