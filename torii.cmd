@echo off
rem Starts Torii. In a clone it builds first what is missing or older than its sources; in an installed
rem folder the jars lie beside it.
setlocal
rem Torii speaks UTF-8, prompts in Japanese included.
chcp 65001 >nul
set "root=%~dp0"
set "root=%root:~0,-1%"

if exist "%root%\engine\" (
    set "launch=%root%\launch"
    set "engine=%root%\engine"
    set "desktop=%root%\desktop"
    set "installed=yes"
) else (
    set "launch=%root%\packaging\launch"
    set "engine=%root%\gateway-engine\target"
    set "desktop=%root%\desktop-app\target"
    set "installed="
)

set "cache=%engine%\gateway-engine.aot"

set "JAVA_FOUND="
for /f "usebackq delims=" %%J in (`powershell -NoProfile -ExecutionPolicy Bypass -File "%launch%\find-jdk.ps1" -For torii`) do set "JAVA_FOUND=%%J"
if not defined JAVA_FOUND exit /b 1
set "JAVA_HOME=%JAVA_FOUND%"

if /i not "%~1"=="desktop" goto engine
for %%A in (%*) do (
    if /i "%%~A"=="--help" goto engine
    if /i "%%~A"=="-h" goto engine
)
if not defined installed call :build gateway-engine,desktop-app || exit /b 1
set "rest="
:collect
shift
if "%~1"=="" goto desktop
set rest=%rest% %1
goto collect

:desktop
rem How the app starts an engine, one argument a line; only a file of arguments can hold the line's end.
set "more=%TEMP%\torii-desktop.args"
>"%more%" echo "-Dtorii.engine.command=%root:\=\\%\\torii.cmd\nstart"
"%JAVA_HOME%\bin\java" "@%launch%\desktop.args" "@%more%" %TORII_JAVA_OPTS% --module-path "%desktop%\javafx" -cp "%desktop%\desktop-app.jar;%desktop%\lib\*" dev.torii.desktop.Main %rest%
exit /b %ERRORLEVEL%

:engine
if not defined installed call :build gateway-engine || exit /b 1
set use_cache=
if exist "%cache%" set use_cache="-XX:AOTCache=%cache%"
"%JAVA_HOME%\bin\java" "@%launch%\engine.args" %use_cache% %TORII_JAVA_OPTS% -cp "%engine%\gateway-engine.jar;%engine%\lib\*" dev.torii.engine.Main %*
exit /b %ERRORLEVEL%

rem Builds these modules when one of them lacks its jar, or when a source or a pom has changed since.
rem A list with commas is several arguments to a batch file, so all of them are taken together.
:build
set "modules=%*"
powershell -NoProfile -ExecutionPolicy Bypass -File "%launch%\is-stale.ps1" -Root "%root%" -Modules "%modules%"
if not errorlevel 1 exit /b 0
echo Building Torii...>&2
call "%root%\mvnw.cmd" --quiet --batch-mode -Dstyle.color=never --file "%root%\pom.xml" --projects "%modules%" --also-make -Dmaven.test.skip=true -Denforcer.skip=true -Dspotless.check.skip=true package >&2
if errorlevel 1 (
    echo torii: the build failed; what Maven says is above.>&2
    exit /b 1
)
for %%M in (%modules%) do move /y "%root%\%%M\target\torii.built.new" "%root%\%%M\target\torii.built" >nul

rem Lets the JVM keep what it learns in a demo, so that it starts faster. Torii starts without it too;
rem is-stale deletes a cache that does not fit any more.
del /q "%cache%" "%cache%.new" >nul 2>&1
"%JAVA_HOME%\bin\java" "@%launch%\engine.args" "-XX:AOTCacheOutput=%cache%.new" -cp "%engine%\gateway-engine.jar;%engine%\lib\*" dev.torii.engine.Main demo --rehearse 6 <nul >nul 2>&1 && move /y "%cache%.new" "%cache%" >nul 2>&1
>"%cache%.place" echo %engine%
exit /b 0
