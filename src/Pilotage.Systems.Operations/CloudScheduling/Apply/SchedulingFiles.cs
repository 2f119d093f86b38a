using System.Globalization;
using System.Text;
using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Writes what a user takes home: the schedule, all figures, the learned policy.</summary>
internal sealed class SchedulingFiles(string folder, ClusterProblem problem)
{
    /// <summary>When each task of the user's jobs ran where, under one algorithm.</summary>
    /// <returns>The file's name.</returns>
    public string Schedule(Competitor competitor)
    {
        const string Name = "schedule.csv";
        var text = new StringBuilder("job,stage,machine,start,end\n");
        foreach (var run in competitor.Log.Tasks.OrderBy(run => run.Start).ThenBy(run => run.Stage))
        {
            var job = problem.JobOf[run.Stage];
            var stage = problem.Jobs[job].Shape.Stages[run.Stage - problem.FirstStage[job]];
            text.Append(CultureInfo.InvariantCulture, $"\"{problem.Jobs[job].Name}\",\"{stage.Name}\",\"{problem.Machines[run.Machine].Name}\",{run.Start:0.###},{run.End:0.###}\n");
        }
        File.WriteAllText(Path.Combine(folder, Name), text.ToString());
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
    public IReadOnlyList<string> Policy(Competitor competitor, EnvironmentSpec spec)
    {
        const string Name = "policy";
        var path = Path.Combine(folder, Name);
        PolicyFile.Save(competitor.Policy!, spec, path);
        return [.. Directory.GetFiles(path).Select(file => $"{Name}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal)];
    }
}
