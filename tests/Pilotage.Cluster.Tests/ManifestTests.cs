using System.Text.RegularExpressions;
using Pilotage.Cluster.Tests.Processes;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Pilotage.Cluster.Tests;

/// <summary>The sample manifest: it is YAML, and the options that it gives exist.</summary>
public sealed partial class ManifestTests
{
    [Fact]
    public void Manifest_IsYamlOfTheKindsThatAClusterNeeds()
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Sample, "pilotage.yaml"));
        stream.Load(reader);

        Assert.Equal(
            ["Service pilotage-redis", "Deployment pilotage-redis", "Deployment pilotage-worker", "PersistentVolumeClaim pilotage-runs", "Job cloud-autoscaling"],
            stream.Documents.Select(document => $"{document.RootNode["kind"]} {document.RootNode["metadata"]["name"]}"));
    }

    [Theory]
    [InlineData("worker", "worker")]
    [InlineData("run cloud-autoscaling", "run")]
    [InlineData("resume /runs/study", "resume")]
    public void Manifest_GivesOptionsThatTheCommandHas(string given, string command)
    {
        var text = File.ReadAllText(Path.Combine(Sample, "pilotage.yaml"));
        var line = text.Split('\n', ';').Single(part => part.Replace("\", \"", " ", StringComparison.Ordinal).Replace('"', ' ').Contains(given == "worker" ? "[ worker" : given, StringComparison.Ordinal));
        var options = Options().Matches(line).Select(match => match.Value).ToList();
        var help = Tool.Run(command, "--help").Output;

        Assert.NotEmpty(options);
        Assert.All(options, option => Assert.Contains(option, help, StringComparison.Ordinal));
    }

    private static string Sample
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pilotage.slnx"))) folder = folder.Parent;
            return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository."), "samples", "cluster");
        }
    }

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex Options();
}
