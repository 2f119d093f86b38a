using System.Text.Json;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

public sealed class ListTests
{
    [Fact]
    public void List_Everything_IsTheCommittedText() => Snapshot.Matches(Tool.Run("list").Transcript());

    [Theory]
    [InlineData("systems", "coin-tossing")]
    [InlineData("environments", "CartPole-v1")]
    [InlineData("policies", "heuristic of CartPole-v1")]
    [InlineData("Algorithms", "ppo")]
    public void List_OneKind_HasItsHeadingAndOneLineEach(string kind, string member)
    {
        var answer = Tool.Run("list", kind);
        var lines = answer.Output.TrimEnd('\n').Split('\n');

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        Assert.StartsWith(kind, lines[0], StringComparison.OrdinalIgnoreCase);
        Assert.All(lines[1..], line => Assert.StartsWith("  ", line));
        Assert.Contains(lines[1..], line => line.StartsWith($"  {member}  ", StringComparison.Ordinal));
    }

    [Fact]
    public void List_Json_IsOneDocumentWithEveryKind()
    {
        using var document = JsonDocument.Parse(Tool.Run("list", "--json").Output);

        Assert.Equal(["systems", "environments", "policies", "algorithms"], document.RootElement.EnumerateObject().Select(kind => kind.Name));
        Assert.All(document.RootElement.EnumerateObject().SelectMany(kind => kind.Value.EnumerateArray()), entry => Assert.NotEmpty(entry.GetProperty("summary").GetString()!));
    }

    [Fact]
    public void List_OnATerminal_WrapsUnderItsNames()
    {
        using var output = new StringWriter { NewLine = "\n" };

        CommandLine.Run(["list", "systems"], new(output, TextWriter.Null) { ListWidth = 80 }, SystemCatalog.Installed);

        var lines = output.ToString().TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.True(lines.Length > 1 + SystemCatalog.Installed.All.Count);
    }

    [Fact]
    public void List_UnknownKind_NamesTheNearest() => Snapshot.Matches(Tool.Run("list", "systmes").Transcript());
}
