@echo off
rem Runs the pilotage tool, and builds it first if a source is newer than the last build or the list of sources changed. All arguments go to the tool.
setlocal
set "root=%~dp0"
set "tool=%root%artifacts\bin\Pilotage.Cli\release\Pilotage.Cli.dll"
set "stamp=%root%artifacts\.pilotage-stamp"

where dotnet >nul 2>nul
if errorlevel 1 (
  echo pilotage: the .NET SDK was not found. Version 10.0 is needed: install it from https://dotnet.microsoft.com/download and try again. 1>&2
  exit /b 2
)

rem The list of sources with size and date of each; cmd itself has no way to compare dates.
set "listing=%TEMP%\pilotage-%RANDOM%%RANDOM%.txt"
powershell -NoProfile -Command "Set-Location -LiteralPath $env:root; Get-ChildItem -Path src,build -Recurse -File | ForEach-Object { '{0} {1} {2}' -f $_.LastWriteTimeUtc.Ticks, $_.Length, $_.FullName }; Get-ChildItem -Path 'Directory.*','global.json','.editorconfig' | ForEach-Object { '{0} {1} {2}' -f $_.LastWriteTimeUtc.Ticks, $_.Length, $_.FullName }" > "%listing%"

if not exist "%tool%" goto build
fc /b "%listing%" "%stamp%" >nul 2>nul
if errorlevel 1 goto build
del "%listing%"
goto run

:build
echo pilotage: building (first run or changed sources)... 1>&2
if not exist "%root%artifacts" mkdir "%root%artifacts"
if exist "%stamp%" del "%stamp%"
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set MSBUILDDISABLENODEREUSE=1
dotnet build "%root%src\Pilotage.Cli\Pilotage.Cli.csproj" -c Release -v quiet --nologo -nodeReuse:false -p:UseSharedCompilation=false 1>&2
if errorlevel 1 (
  del "%listing%"
  echo pilotage: the build failed; the messages above say why. 1>&2
  exit /b 1
)
move /y "%listing%" "%stamp%" >nul

:run
dotnet "%tool%" %*
exit /b %ERRORLEVEL%
