using Xunit;

namespace Pilotage.Cli.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void Readme_OwnProblem_IsTheSampleThatIsCompiled()
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryRoot, "README.md"));
        var sample = File.ReadAllText(Path.Combine(RepositoryRoot, "samples", "Shop", "Program.cs"));

        Assert.Contains($"```csharp\n{sample}```", readme, StringComparison.Ordinal);
    }

    private static string RepositoryRoot
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pilotage.slnx"))) folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }
    }
}
