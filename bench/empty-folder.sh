#!/usr/bin/env bash
# The seconds from an empty folder to a report: a new project with the program of samples/Shop, built and run. Arguments go to the program.
set -euo pipefail
repository="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
started=$(date +%s)

cat > "$folder/Shop.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <ProjectReference Include="$repository/src/Pilotage.Lab/Pilotage.Lab.csproj" />
  </ItemGroup>
</Project>
PROJECT
cp "$repository/samples/Shop/Program.cs" "$folder/"

cd "$folder"
dotnet run -c Release -- "$@"
built_and_run=$(($(date +%s) - started))
test -f runs/*/report.json && test -f runs/*/policy/policy.json
echo "From an empty folder to the report: $built_and_run s"
