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
            ["Service pilotage-redis", "Deployment pilotage-redis", "Deployment pilotage-worker", "PersistentVolumeClaim pilotage-runs", "Job cloud-autoscaling", "NetworkPolicy pilotage-redis"],
            stream.Documents.Select(document => $"{document.RootNode["kind"]} {document.RootNode["metadata"]["name"]}"));
    }

    // The image's user may write nowhere but on volumes, and owns none of them but by its group.
    [Fact]
    public void Manifest_PodsRunAsTheImagesUserWithNothingWritableButVolumes()
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Sample, "pilotage.yaml"));
        stream.Load(reader);
        var user = File.ReadLines(Path.Combine(Sample, "Dockerfile")).Single(line => line.StartsWith("USER ", StringComparison.Ordinal))["USER ".Length..];
        var pods = stream.Documents.Select(document => document.RootNode["spec"]).OfType<YamlMappingNode>().Where(spec => spec.Children.ContainsKey("template")).Select(spec => spec["template"]["spec"]).ToList();

        Assert.Equal(3, pods.Count);
        foreach (var pod in pods)
        {
            var container = pod["containers"][0];
            Assert.Equal("true", $"{pod["securityContext"]["runAsNonRoot"]}");
            Assert.Equal("true", $"{container["securityContext"]["readOnlyRootFilesystem"]}");
            if (!$"{container["image"]}".Contains("pilotage", StringComparison.Ordinal)) continue;
            Assert.Equal(user, $"{pod["securityContext"]["fsGroup"]}");
            Assert.Contains(((YamlSequenceNode)container["volumeMounts"]).Children, mount => $"{mount["mountPath"]}" == "/tmp");
        }
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
