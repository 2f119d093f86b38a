using System.CommandLine;
using Pilotage.Cli.Diagnosis;
using Pilotage.Cluster.Hosting;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage doctor</c>: what is installed, what is missing, how to fix it.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var (data, json) = (Options.Text("--data", "folder", "Folder of the data sets. Without it, ../shared/data beside the checkout."), Options.Json());
        var cluster = Options.Text("--cluster", "membership", "Look for a cluster: redis or postgres, at the connection string in PILOTAGE_CLUSTER_CONNECTION.");
        var clusterName = Options.Text("--cluster-name", "name", "Which cluster of that membership. Without it, pilotage.");
        var command = new Command("doctor", "What is installed, what is missing, and how to fix it.") { data, cluster, clusterName, json };
        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var membership = given.Word<ClusterMembership>(cluster);
            given.ThrowIfAny();
            var findings = Doctor.Examine(
                terminal, parse.GetValue(data), membership is { } kept ? () => ClusterFinding.Of(kept, parse.GetValue(clusterName) ?? "pilotage", terminal.Interrupted) : null);
            if (parse.GetValue(json)) WriteJson(terminal, findings);
            else
            {
                terminal.Output.Write(PlainTable.Of(
                    [.. findings.Select(finding => new[] { finding.State.ToString().ToLowerInvariant(), finding.Name, Line(finding) })], terminal.Width, indent: 0));
            }
            return findings.Any(finding => finding.State == FindingState.Missing) ? ExitCode.RunFailed : ExitCode.Ok;
        });
        return command;
    }

    private static string Line(Finding finding) => finding.Remedy.Length == 0 ? finding.Detail : $"{finding.Detail}. {finding.Remedy}";

    private static void WriteJson(Terminal terminal, IReadOnlyList<Finding> findings) => Json.Write(terminal.Output, writer =>
    {
        writer.WriteStartArray();
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("name", finding.Name);
            writer.WriteString("state", finding.State.ToString().ToLowerInvariant());
            writer.WriteString("detail", finding.Detail);
            writer.WriteString("remedy", finding.Remedy);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });
}
