using Pilotage.Testing;
using Xunit;

namespace Pilotage.Docs.Tests;

/// <summary>What the documents show, compiles and runs. One class, one after the other: programs print to the console and write where they stand.</summary>
public sealed class DocumentTests
{
    [Theory]
    [InlineData("environment-contract.md", "one counter earns")]
    [InlineData("export.md", "push ")]
    [InlineData("datasets.md", "TQ 0.", "2000 transitions")]
    [InlineData("coming-from.md", "explained_variance", "rule", "over 6 training seeds")]
    public void CSharpBlocks_OfADocument_CompileAndRun(string name, params string[] printed)
    {
        using var folder = new TemporaryFolder();
        var before = Directory.GetCurrentDirectory();
        var markdown = File.ReadAllText(Path.Combine(Docs, name)).ReplaceLineEndings("\n");
        Directory.SetCurrentDirectory(folder.Path);
        try
        {
            var text = DocumentProgram.Run(Path.GetFileNameWithoutExtension(name), DocumentProgram.TextOf(markdown));

            Assert.All(printed, part => Assert.Contains(part, text, StringComparison.Ordinal));
            Assert.DoesNotContain("PIL0", text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    [Fact]
    public void Blocks_OfTheNewDocuments_AreOfKindsThatAreLookedAt()
    {
        foreach (var name in new[] { "environment-contract.md", "coming-from.md", "learning-curves.md", "datasets.md", "export.md" })
        {
            var kinds = File.ReadLines(Path.Combine(Docs, name)).Where(line => line.StartsWith("```", StringComparison.Ordinal) && line.Length > 3).Distinct();
            Assert.Empty(kinds.Except(["```csharp", "```text"]));
        }
    }

    private static string Docs
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pilotage.slnx"))) folder = folder.Parent;
            return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository."), "docs");
        }
    }
}
