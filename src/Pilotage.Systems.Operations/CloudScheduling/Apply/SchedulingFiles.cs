using System.Globalization;
using System.Text;
using System.Text.Json;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Writes what a user takes home: the schedule, all figures, the learned policy.</summary>
internal sealed class SchedulingFiles(string folder, UserCluster cluster)
{
    private const string Schema = "pilotage-schedule/1";

    /// <summary>When each task of the user's jobs ran where, under one algorithm.</summary>
    /// <returns>The file's name.</returns>
    public string Schedule(Competitor competitor)
    {
        const string Name = "schedule.csv";
        var text = new StringBuilder("job,stage,machine,start,end\n");
        foreach (var (job, stage, machine, start, end) in Tasks(competitor))
            text.Append(CultureInfo.InvariantCulture, $"{Quoted(job)},{Quoted(stage)},{Quoted(machine)},{start:0.###},{end:0.###}\n");
        File.WriteAllText(Path.Combine(folder, Name), text.ToString());
        return Name;
    }

    /// <summary>The same for programs, with the figures.</summary>
    /// <returns>The file's name.</returns>
    public string ScheduleJson(Competitor competitor)
    {
        const string Name = "schedule.json";
        using var stream = File.Create(Path.Combine(folder, Name));
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteString("schema", Schema);
        writer.WriteString("policy", competitor.Name);
        writer.WriteStartObject("figures");
        var f = competitor.Actual;
        foreach (var (name, value) in new[]
        {
            ("makespan", f.Makespan), ("meanCompletion", f.MeanCompletion), ("tailCompletion", f.TailCompletion), ("slowdown", f.Slowdown), ("energyKwh", f.EnergyKwh), ("cost", f.Cost), ("missRate", f.MissRate),
            ("utilisation", f.Utilisation), ("fairness", f.Fairness),
        }) writer.WriteNumber(name, value);
        writer.WriteEndObject();
        writer.WriteStartArray("tasks");
        foreach (var (job, stage, machine, start, end) in Tasks(competitor))
        {
            writer.WriteStartObject();
            writer.WriteString("job", job);
            writer.WriteString("stage", stage);
            writer.WriteString("machine", machine);
            writer.WriteNumber("start", start);
            writer.WriteNumber("end", end);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        return Name;
    }

    /// <summary>All figures of all algorithms on the user's jobs.</summary>
    /// <returns>The file's name.</returns>
    public string Figures(IReadOnlyList<Competitor> competitors)
    {
        const string Name = "figures.csv";
        var text = new StringBuilder("algorithm,makespan,mean_jct,jct95,slowdown,energy_kwh,cost,miss_rate,utilisation,jain,decision_us\n");
        foreach (var competitor in competitors)
        {
            var f = competitor.Actual;
            text.Append(CultureInfo.InvariantCulture, $"{competitor.Name},{f.Makespan:0.###},{f.MeanCompletion:0.###},{f.TailCompletion:0.###},{f.Slowdown:0.####},{f.EnergyKwh:0.######},{f.Cost:0.####},{f.MissRate:0.####},{f.Utilisation:0.####},{f.Fairness:0.####},{competitor.DecisionMicroseconds:0.##}\n");
        }
        File.WriteAllText(Path.Combine(folder, Name), text.ToString());
        return Name;
    }

    /// <summary>The learned policy in a folder that <see cref="PolicyFile"/> reads.</summary>
    /// <returns>The files' names.</returns>
    public IReadOnlyList<string> Policy(Competitor competitor)
    {
        const string Name = "policy";
        var path = Path.Combine(folder, Name);
        PolicyFile.Save(competitor.Policy!, competitor.View!.Spec, path);
        return [.. Directory.GetFiles(path).Select(file => $"{Name}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal)];
    }

    // Times are the user's own: the simulation's begin at the first arrival.
    private IEnumerable<(string Job, string Stage, string Machine, double Start, double End)> Tasks(Competitor competitor)
    {
        var problem = cluster.Problem;
        foreach (var run in competitor.Log.Tasks.OrderBy(run => run.Start).ThenBy(run => run.Stage))
        {
            var job = problem.JobOf[run.Stage];
            var stage = problem.Jobs[job].Shape.Stages[run.Stage - problem.FirstStage[job]];
            yield return (problem.Jobs[job].Name, stage.Name, problem.Machines[run.Machine].Name, cluster.Beginning + run.Start, cluster.Beginning + run.End);
        }
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
